package io.eas.emulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.eas.deployment.model.ServiceDescriptor;
import io.eas.emulator.admin.AdminHistory;
import io.eas.emulator.instance.PortOwners;
import io.eas.emulator.net.Assert;

/**
 * Configures an emulator, whose ports all listen on 127.0.0.1 by default. Not
 * thread-safe.
 */
public final class EmulatorBuilder {

	/** The largest request body that the gateway of EAS accepts: 1 MB. */
	private static final long GATEWAY_BODY_LIMIT = 1024 * 1024;

	private int port;

	private int adminPort;

	private List<Integer> instancePorts = List.of(0);

	private boolean allInterfaces;

	private boolean adminOnAllInterfaces;

	private long gatewayBodyLimit = GATEWAY_BODY_LIMIT;

	private boolean admin = true;

	private boolean shutdownHook = true;

	private final Map<String, ServiceBuilder> services = new LinkedHashMap<>();

	private final PortOwners ports = new PortOwners();

	private final AdminHistory history = new AdminHistory();

	EmulatorBuilder() {
	}

	/**
	 * Sets the port of discovery and gateway.
	 * @param port the port; with 0 (the default) the system chooses one
	 * @return this
	 */
	public EmulatorBuilder port(int port) {
		this.port = Assert.port(port);
		return this;
	}

	/**
	 * Sets the port of the admin interface.
	 * @param adminPort the port; with 0 (the default) the system chooses one
	 * @return this
	 */
	public EmulatorBuilder adminPort(int adminPort) {
		this.adminPort = Assert.port(adminPort);
		return this;
	}

	/**
	 * Sets the ports of the instances. Each instance takes the first one that is free.
	 * @param instancePorts the ports, from 1 to 65535; a rollout needs one more port than
	 * there are instances. By default the system chooses the ports
	 * @return this
	 */
	public EmulatorBuilder instancePorts(List<Integer> instancePorts) {
		Assert.isTrue(!instancePorts.isEmpty(), "there must be at least one port for instances");
		instancePorts.forEach((port) -> Assert.isTrue(port >= 1 && port <= 65535,
				"the port of an instance must be between 1 and 65535, was " + port));
		this.instancePorts = List.copyOf(instancePorts);
		return this;
	}

	/**
	 * Sets whether discovery, gateway and instances listen on all network interfaces, as
	 * in a container. Everyone who reaches this machine can then call them. Discovery
	 * lists the instances under the address by which it was called.
	 * @param allInterfaces {@code false} by default, to listen on 127.0.0.1 only
	 * @return this
	 */
	public EmulatorBuilder allInterfaces(boolean allInterfaces) {
		this.allInterfaces = allInterfaces;
		return this;
	}

	/**
	 * Sets whether the admin interface, which has no password, listens on all network
	 * interfaces. It still refuses requests whose {@code Host} header doesn't name this
	 * machine, and requests of other origins' web pages.
	 * @param adminOnAllInterfaces {@code false} by default, to listen on 127.0.0.1 only
	 * @return this
	 */
	public EmulatorBuilder adminOnAllInterfaces(boolean adminOnAllInterfaces) {
		this.adminOnAllInterfaces = adminOnAllInterfaces;
		return this;
	}

	/**
	 * Limits the size of request bodies through the gateway. Direct calls to instances
	 * have no such limit.
	 * @param gatewayBodyLimit the limit in bytes; a larger body is answered with 413. The
	 * default is 1 MB, as on EAS
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
	 * @param admin {@code false} for no admin interface; the default is {@code true}
	 * @return this
	 */
	public EmulatorBuilder admin(boolean admin) {
		this.admin = admin;
		return this;
	}

	/**
	 * Sets whether a shutdown hook closes the emulator with the JVM.
	 * @param shutdownHook {@code true} by default; {@code false} if a container such as
	 * Spring's closes the emulator: shutdown hooks run concurrently, so the instances
	 * would end while the application still calls them. Processes that outlive the JVM
	 * are killed in both cases
	 * @return this
	 */
	public EmulatorBuilder shutdownHook(boolean shutdownHook) {
		this.shutdownHook = shutdownHook;
		return this;
	}

	/**
	 * Adds a service.
	 * @param name the service's name on EAS, which may contain {@code _} and {@code /}
	 * @param service configures the service
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
	 * Adds a service as described by its {@code service.json}. Each instance is a process
	 * of {@code containers[0].command} with a port of its own, under the declared health
	 * checks. Discovery lists exactly the instances that are ready.
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
	 * @param deployment configures how the deployment differs on this machine
	 * @return this
	 * @throws IllegalArgumentException if the descriptor has no name, no container or no
	 * command, or the name is taken
	 */
	public EmulatorBuilder deploy(ServiceDescriptor descriptor, Consumer<DeploymentBuilder> deployment) {
		DeploymentBuilder builder = new DeploymentBuilder(descriptor, this.ports, this.history);
		deployment.accept(builder);
		return service(builder.name(), builder::describe);
	}

	/**
	 * Creates the emulator without starting anything.
	 * @return the emulator
	 * @throws IllegalArgumentException if the port of discovery and gateway, or that of
	 * the admin interface, is one of the ports of instances, too
	 */
	public EasEmulator build() {
		refuseForInstances(this.port, "the port of discovery and gateway (--port)");
		if (this.admin) {
			refuseForInstances(this.adminPort, "the port of the admin interface (--admin-port)");
		}
		return new EasEmulator(this);
	}

	private void refuseForInstances(int port, String use) {
		Assert.isTrue(port == 0 || !this.instancePorts.contains(port),
				port + " is " + use + ", and one of the ports of instances (--instance-ports), too; "
						+ "choose another port for one of them");
	}

	int port() {
		return this.port;
	}

	int adminPort() {
		return this.adminPort;
	}

	List<Integer> instancePorts() {
		return this.instancePorts;
	}

	boolean allInterfaces() {
		return this.allInterfaces;
	}

	boolean adminOnAllInterfaces() {
		return this.adminOnAllInterfaces;
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

	AdminHistory history() {
		return this.history;
	}

	Map<String, ServiceBuilder> services() {
		return this.services;
	}

}
