package io.eas.emulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.eas.deployment.model.ServiceDescriptor;
import io.eas.emulator.instance.PortOwners;
import io.eas.emulator.net.Assert;

/**
 * Describes an emulator. Everything listens on 127.0.0.1. Not thread-safe.
 */
public final class EmulatorBuilder {

	/** What the gateway of EAS takes: 1 MB. */
	private static final long GATEWAY_BODY_LIMIT = 1024 * 1024;

	private int port;

	private int adminPort;

	private long gatewayBodyLimit = GATEWAY_BODY_LIMIT;

	private boolean admin = true;

	private boolean shutdownHook = true;

	private final Map<String, ServiceBuilder> services = new LinkedHashMap<>();

	private final PortOwners ports = new PortOwners();

	EmulatorBuilder() {
	}

	/**
	 * Sets the port of discovery and gateway.
	 * @param port the port; 0, as without this call, leaves the choice to the system
	 * @return this
	 */
	public EmulatorBuilder port(int port) {
		this.port = Assert.port(port);
		return this;
	}

	/**
	 * Sets the port of the admin interface.
	 * @param adminPort the port; 0, as without this call, leaves the choice to the system
	 * @return this
	 */
	public EmulatorBuilder adminPort(int adminPort) {
		this.adminPort = Assert.port(adminPort);
		return this;
	}

	/**
	 * Sets how large the body of a request through the gateway may be. Calls of instances
	 * have no such limit.
	 * @param gatewayBodyLimit the most bytes, what is larger is answered with 413; 1 MB,
	 * as on EAS, without this call
	 * @return this
	 */
	public EmulatorBuilder gatewayBodyLimit(long gatewayBodyLimit) {
		Assert.isTrue(gatewayBodyLimit >= 0,
				"the gateway's limit of bodies must be 0 or more, was " + gatewayBodyLimit);
		this.gatewayBodyLimit = gatewayBodyLimit;
		return this;
	}

	/**
	 * Switches the admin interface on or off.
	 * @param admin {@code false} for none; on without this call
	 * @return this
	 */
	public EmulatorBuilder admin(boolean admin) {
		this.admin = admin;
		return this;
	}

	/**
	 * Closes the emulator with the JVM, or leaves that to others.
	 * @param shutdownHook {@code false} where a container, such as Spring's, closes the
	 * emulator in order: hooks run side by side, so models would end while the
	 * application still calls them. On without this call. What runs after the end of the
	 * JVM is killed in both cases
	 * @return this
	 */
	public EmulatorBuilder shutdownHook(boolean shutdownHook) {
		this.shutdownHook = shutdownHook;
		return this;
	}

	/**
	 * Adds a service.
	 * @param name its name on EAS, which may contain {@code _} and {@code /}
	 * @param service describes it
	 * @return this
	 * @throws IllegalArgumentException if the name is blank or taken
	 */
	public EmulatorBuilder service(String name, Consumer<ServiceBuilder> service) {
		Assert.isTrue(!name.isBlank(), "a service needs a name");
		Assert.isTrue(!this.services.containsKey(name), "there is a service " + name + " already");
		ServiceBuilder builder = new ServiceBuilder();
		service.accept(builder);
		this.services.put(name, builder);
		return this;
	}

	/**
	 * Adds a service as its {@code service.json} describes it: processes of
	 * {@code containers[0].command}, each on a port of its own, under the health checks
	 * that it declares. Discovery lists exactly those that are ready.
	 * @param descriptor the service
	 * @return this
	 * @throws IllegalArgumentException if the descriptor has no name, no container or no
	 * command, or the name is taken
	 */
	public EmulatorBuilder deploy(ServiceDescriptor descriptor) {
		return deploy(descriptor, (deployment) -> {
		});
	}

	/**
	 * Adds a service as {@link #deploy(ServiceDescriptor)} does.
	 * @param descriptor the service
	 * @param deployment says what is different on this machine
	 * @return this
	 * @throws IllegalArgumentException if the descriptor has no name, no container or no
	 * command, or the name is taken
	 */
	public EmulatorBuilder deploy(ServiceDescriptor descriptor, Consumer<DeploymentBuilder> deployment) {
		DeploymentBuilder builder = new DeploymentBuilder(descriptor, this.ports);
		deployment.accept(builder);
		return service(builder.name(), builder::describe);
	}

	/**
	 * Makes the emulator; nothing is started yet.
	 * @return the emulator
	 */
	public EasEmulator build() {
		return new EasEmulator(this);
	}

	int port() {
		return this.port;
	}

	int adminPort() {
		return this.adminPort;
	}

	long gatewayBodyLimit() {
		return this.gatewayBodyLimit;
	}

	boolean admin() {
		return this.admin;
	}

	boolean shutdownHook() {
		return this.shutdownHook;
	}

	Map<String, ServiceBuilder> services() {
		return this.services;
	}

}
