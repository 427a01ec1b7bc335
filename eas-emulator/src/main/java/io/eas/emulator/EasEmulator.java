package io.eas.emulator;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.eas.emulator.admin.AdminFeed;
import io.eas.emulator.admin.AdminServer;
import io.eas.emulator.discovery.EmulatedDiscovery;
import io.eas.emulator.discovery.EntryPoint;
import io.eas.emulator.discovery.ListedService;
import io.eas.emulator.net.Forwarder;
import io.eas.emulator.net.Listener;
import io.eas.emulator.net.Loopback;
import io.eas.emulator.net.Network;
import io.eas.emulator.net.PortPool;

/**
 * A local EAS on one machine. One port serves discovery and the gateway, another one the
 * admin interface, and each instance has a port of its own, all on 127.0.0.1 unless
 * {@link EmulatorBuilder#allInterfaces(boolean)} is on. Thread-safe. An emulator can be
 * started only once. A shutdown hook closes the emulator with the JVM unless
 * {@link EmulatorBuilder#shutdownHook(boolean)} switches the hook off. If the JVM ends or
 * is killed, the processes that still run are killed.
 */
public final class EasEmulator implements AutoCloseable {

	private final Network network = new Network();

	private final Map<String, EmulatedService> services = new LinkedHashMap<>();

	private final EntryPoint entry;

	private final boolean admin;

	private final AdminFeed adminFeed;

	private final Listener adminListener;

	private final AtomicBoolean closed = new AtomicBoolean();

	private final boolean shutdownHook;

	private final AtomicBoolean started = new AtomicBoolean();

	private final Thread hook = new Thread(this::end, "eas-emulator-shutdown");

	EasEmulator(EmulatorBuilder builder) {
		Forwarder forwarder = new Forwarder(this.network);
		PortPool instancePorts = new PortPool(builder.allInterfaces(), builder.instancePorts());
		builder.services()
			.forEach((name, service) -> this.services.put(name,
					new EmulatedService(name, service, this.network, forwarder, instancePorts)));
		this.entry = new EntryPoint(this.network, new PortPool(builder.allInterfaces(), List.of(builder.port())),
				forwarder,
				this.services.values()
					.stream()
					.map((service) -> new ListedService(service.name(), service::listed))
					.toList(),
				builder.gatewayBodyLimit());
		this.shutdownHook = builder.shutdownHook();
		this.admin = builder.admin();
		AdminActions actions = new AdminActions(this);
		this.adminFeed = new AdminFeed(actions::state, builder.history(), this.network.scheduler());
		this.adminListener = new Listener(this.network,
				new PortPool(builder.adminOnAllInterfaces(), List.of(builder.adminPort())),
				new AdminServer(actions.routes(), this.adminFeed, this.network.blocking()).handler());
	}

	/**
	 * Describes an emulator.
	 * @return a builder without services, on ports chosen by the system
	 */
	public static EmulatorBuilder builder() {
		return new EmulatorBuilder();
	}

	/**
	 * Starts the ports and all instances. Blocks until all instances are ready, unless
	 * {@link DeploymentBuilder#waitUntilReady(boolean)} is off. If the start fails, the
	 * emulator is closed.
	 * @return this
	 * @throws io.eas.emulator.process.ProcessStartException if a process can't be started
	 * @throws java.io.UncheckedIOException if a port is taken
	 * @throws IllegalStateException if there are more instances than
	 * {@linkplain EmulatorBuilder#instancePorts(List) ports for instances}, or if the
	 * emulator has been started before
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
				this.adminFeed.start();
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
	 * Returns the address of discovery and gateway on this machine.
	 * @return host and port, such as {@code 127.0.0.1:41234}
	 */
	public String endpoint() {
		return Loopback.address(port());
	}

	/**
	 * Returns the port of discovery and gateway.
	 * @return a TCP port
	 * @throws IllegalStateException before the start
	 */
	public int port() {
		return this.entry.port();
	}

	/**
	 * Returns the port of the admin interface.
	 * @return a TCP port
	 * @throws IllegalStateException before the start, and if there is no admin interface
	 */
	public int adminPort() {
		if (!this.admin) {
			throw new IllegalStateException("the admin interface is off");
		}
		return this.adminListener.port();
	}

	/**
	 * Returns a watcher of what the page of the admin interface shows: the state of each
	 * service, its instances and the newest events. The terminal's table is drawn from
	 * it. A watcher is not thread-safe.
	 * @return a new watcher
	 * @throws IllegalStateException if there is no admin interface
	 */
	public AdminFeed.Watcher watcher() {
		if (!this.admin) {
			throw new IllegalStateException("the admin interface is off");
		}
		return this.adminFeed.watcher();
	}

	/**
	 * Returns the service with the given name.
	 * @param name the service's name on EAS
	 * @return the service
	 * @throws IllegalArgumentException if there is no service with that name
	 */
	public EmulatedService service(String name) {
		EmulatedService service = this.services.get(name);
		if (service == null) {
			throw new IllegalArgumentException(
					"there is no service " + name + "; the services are " + this.services.keySet());
		}
		return service;
	}

	/**
	 * Returns all services.
	 * @return the services, in the order of the builder's calls
	 */
	public Collection<EmulatedService> services() {
		return Collections.unmodifiableCollection(this.services.values());
	}

	/**
	 * Returns the answer of discovery for a service, as a caller on this machine gets it
	 * without a fault of discovery.
	 * @param service one of {@link #services()}
	 * @return an object that Jackson serializes to that answer
	 */
	Object upstreams(EmulatedService service) {
		return this.entry.upstreams(service.name());
	}

	/**
	 * Returns the discovery API, to count requests and set faults.
	 * @return the discovery API
	 */
	public EmulatedDiscovery discovery() {
		return this.entry.discovery();
	}

	/**
	 * Ends every process, by SIGTERM and after 2 s by SIGKILL, then closes all ports and
	 * ends all threads. Blocks until that is done. Has no effect if already closed.
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
			// clears the interrupt flag: an interrupted thread can't wait for processes
			// to end
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
