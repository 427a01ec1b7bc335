package io.eas.emulator;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.eas.emulator.admin.AdminServer;
import io.eas.emulator.discovery.EmulatedDiscovery;
import io.eas.emulator.discovery.EntryPoint;
import io.eas.emulator.discovery.ListedService;
import io.eas.emulator.net.Forwarder;
import io.eas.emulator.net.Listener;
import io.eas.emulator.net.Loopback;
import io.eas.emulator.net.Network;

/**
 * EAS on one machine. One loopback port answers discovery and gateway, each instance has
 * a port of its own, and a third answers the admin interface. Thread-safe; started once,
 * closed once. It is closed with the JVM if not before, unless
 * {@link EmulatorBuilder#shutdownHook(boolean)} says otherwise. No process outlives the
 * JVM: what still runs when that has ended, or was killed, is killed.
 */
public final class EasEmulator implements AutoCloseable {

	private final Network network = new Network();

	private final Map<String, EmulatedService> services = new LinkedHashMap<>();

	private final EntryPoint entry;

	private final boolean admin;

	private final Listener adminListener;

	private final AtomicBoolean closed = new AtomicBoolean();

	private final boolean shutdownHook;

	private final AtomicBoolean started = new AtomicBoolean();

	private final Thread hook = new Thread(this::end, "eas-emulator-shutdown");

	EasEmulator(EmulatorBuilder builder) {
		Forwarder forwarder = new Forwarder(this.network);
		builder.services()
			.forEach((name, service) -> this.services.put(name,
					new EmulatedService(name, service, this.network, forwarder)));
		this.entry = new EntryPoint(this.network, builder.port(), forwarder,
				this.services.values()
					.stream()
					.map((service) -> new ListedService(service.name(), service::listed))
					.toList(),
				builder.gatewayBodyLimit());
		this.shutdownHook = builder.shutdownHook();
		this.admin = builder.admin();
		this.adminListener = new Listener(this.network, builder.adminPort(),
				new AdminServer(new AdminActions(this).routes(), this.network.blocking()).handler());
	}

	/**
	 * Describes an emulator.
	 * @return a builder without services, on ports chosen by the system
	 */
	public static EmulatorBuilder builder() {
		return new EmulatorBuilder();
	}

	/**
	 * Starts everything. Blocks until all instances serve, except where
	 * {@link DeploymentBuilder#waitUntilReady(boolean)} is off. After a failure
	 * everything is closed.
	 * @return this
	 * @throws io.eas.emulator.process.ProcessStartException if a process can't be started
	 * @throws java.io.UncheckedIOException if a port is taken
	 */
	public EasEmulator start() {
		if (!this.started.compareAndSet(false, true)) {
			throw new IllegalStateException("the emulator has been started before; build another one");
		}
		if (this.shutdownHook) {
			Runtime.getRuntime().addShutdownHook(this.hook);
		}
		try {
			this.services.values().forEach(EmulatedService::launch);
			this.services.values().forEach(EmulatedService::awaitReady);
			this.entry.open();
			if (this.admin) {
				this.adminListener.open();
			}
			return this;
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * The endpoint of discovery and gateway.
	 * @return host and port, such as {@code 127.0.0.1:41234}
	 */
	public String endpoint() {
		return Loopback.address(port());
	}

	/**
	 * The port of discovery and gateway.
	 * @return a TCP port of the loopback address
	 * @throws IllegalStateException before the start
	 */
	public int port() {
		return this.entry.port();
	}

	/**
	 * The port of the admin interface.
	 * @return a TCP port of the loopback address
	 * @throws IllegalStateException before the start, and if there is no admin interface
	 */
	public int adminPort() {
		if (!this.admin) {
			throw new IllegalStateException("the admin interface is off");
		}
		return this.adminListener.port();
	}

	/**
	 * Finds a service.
	 * @param name its name on EAS
	 * @return the service
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public EmulatedService service(String name) {
		EmulatedService service = this.services.get(name);
		if (service == null) {
			throw new IllegalArgumentException("there is no service " + name + ", but " + this.services.keySet());
		}
		return service;
	}

	/**
	 * All services.
	 * @return in the order they were described
	 */
	public Collection<EmulatedService> services() {
		return Collections.unmodifiableCollection(this.services.values());
	}

	/**
	 * The discovery API.
	 * @return to count its requests and set its faults
	 */
	public EmulatedDiscovery discovery() {
		return this.entry.discovery();
	}

	/**
	 * Ends every process, first by SIGTERM and after 2 s by SIGKILL, closes all ports and
	 * ends all threads; blocks until that is done. Does nothing the second time.
	 */
	@Override
	public void close() {
		end();
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// the JVM is shutting down: the hook has run or finds everything closed
		}
	}

	private void end() {
		if (this.closed.compareAndSet(false, true)) {
			// or an interrupted thread, which can't wait, would leave processes behind
			boolean interrupted = Thread.interrupted();
			try {
				endAll();
			}
			finally {
				if (interrupted) {
					Thread.currentThread().interrupt();
				}
			}
		}
	}

	private void endAll() {
		this.entry.release();
		this.adminListener.release();
		this.services.values().forEach(EmulatedService::terminate);
		this.services.values().forEach(EmulatedService::awaitEnd);
		this.network.close();
	}

}
