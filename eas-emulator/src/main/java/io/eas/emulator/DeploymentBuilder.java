package io.eas.emulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.Container.EnvironmentVariable;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.Rpc;
import io.eas.deployment.model.ServiceDescriptor;
import io.eas.emulator.admin.AdminHistory;
import io.eas.emulator.instance.Deployment;
import io.eas.emulator.instance.InstanceEvent;
import io.eas.emulator.instance.PortOwners;
import io.eas.emulator.instance.SecondPorts;
import io.eas.emulator.net.Assert;
import io.eas.emulator.process.ProcessCommand;
import org.jspecify.annotations.Nullable;

/**
 * Configures how the deployment of a {@code service.json} on this machine differs from a
 * deployment on EAS. Not thread-safe.
 */
public final class DeploymentBuilder {

	/** The grace period of EAS if the descriptor sets none. */
	private static final int GRACE_PERIOD_SECONDS = 30;

	private final ServiceDescriptor descriptor;

	private final PortOwners owners;

	private final AdminHistory history;

	private final Container container;

	private @Nullable String token;

	private @Nullable String command;

	private @Nullable Path directory;

	private int instances;

	private int weight = 100;

	private Duration startTimeout = Duration.ofMinutes(2);

	private boolean wait = true;

	private @Nullable BiConsumer<String, String> output;

	private Consumer<InstanceEvent> events = new EventLog();

	private final Map<String, String> environment = new LinkedHashMap<>();

	DeploymentBuilder(ServiceDescriptor descriptor, PortOwners owners, AdminHistory history) {
		this.descriptor = descriptor;
		this.owners = owners;
		this.history = history;
		Assert.isTrue(!descriptor.containers().isEmpty(),
				"containers is empty: the local EAS runs the command or script of containers[0], and no processors");
		this.container = descriptor.containers().get(0);
		Integer count = descriptor.metadata().instance();
		this.instances = ServiceBuilder.checkCount((count != null) ? count : 1);
	}

	/**
	 * Sets the token that callers must send.
	 * @param token the token; {@code null} (the default) accepts every caller
	 * @return this
	 */
	public DeploymentBuilder token(@Nullable String token) {
		this.token = token;
		return this;
	}

	/**
	 * Replaces the command or script.
	 * @param command one command, as in {@code containers[0].command}
	 * @return this
	 */
	public DeploymentBuilder command(String command) {
		this.command = command;
		return this;
	}

	/**
	 * Sets the working directory of the processes and of the commands of health checks.
	 * On EAS, the image sets that directory.
	 * @param directory a directory; by default the working directory of this JVM
	 * @return this
	 */
	public DeploymentBuilder directory(Path directory) {
		this.directory = directory;
		return this;
	}

	/**
	 * Replaces the number of instances.
	 * @param instances 0 or more
	 * @return this
	 */
	public DeploymentBuilder instances(int instances) {
		this.instances = ServiceBuilder.checkCount(instances);
		return this;
	}

	/**
	 * Sets the weight of each instance.
	 * @param weight 0 or more; 100 unless set
	 * @return this
	 */
	public DeploymentBuilder weight(int weight) {
		this.weight = weight;
		return this;
	}

	/**
	 * Adds environment variables, which take precedence over those of the descriptor.
	 * @param environment names with values
	 * @return this
	 */
	public DeploymentBuilder environment(Map<String, String> environment) {
		this.environment.putAll(environment);
		return this;
	}

	/**
	 * Limits how long callers wait for an instance to be ready.
	 * @param startTimeout more than 0; 2 minutes unless set
	 * @return this
	 */
	public DeploymentBuilder startTimeout(Duration startTimeout) {
		this.startTimeout = startTimeout;
		return this;
	}

	/**
	 * Sets whether {@link EasEmulator#start()} waits until all instances are ready.
	 * @param wait {@code true} (the default) to wait; with {@code false} the start
	 * doesn't fail if an instance never becomes ready
	 * @return this
	 */
	public DeploymentBuilder waitUntilReady(boolean wait) {
		this.wait = wait;
		return this;
	}

	/**
	 * Sends the output of all instances to a consumer instead of the loggers
	 * {@code io.eas.emulator.instance.<name>}.
	 * @param output receives the instance's name and a line, from several threads
	 * @return this
	 */
	public DeploymentBuilder output(BiConsumer<String, String> output) {
		this.output = output;
		return this;
	}

	/**
	 * Sends the events of instances to a consumer instead of the logger
	 * {@code io.eas.emulator.EventLog}.
	 * @param events receives each transition in order; must neither block nor throw
	 * @return this
	 */
	public DeploymentBuilder events(Consumer<InstanceEvent> events) {
		this.events = events;
		return this;
	}

	String name() {
		String name = this.descriptor.metadata().name();
		Assert.isTrue(name != null, "metadata.name is missing: discovery and callers know a service by it");
		return Objects.requireNonNull(name);
	}

	void describe(ServiceBuilder service) {
		Deployment deployment = deployment();
		String alone = sharedPort(deployment);
		if (alone != null && this.instances > 1) {
			throw new IllegalArgumentException(alone);
		}
		InstanceSpec spec = new InstanceSpec(this.weight,
				(factory, name) -> factory.deployed(name, deployment, sink(name)), alone);
		service.token(this.token).waitUntilReady(this.wait).add(this.instances, spec);
	}

	private Deployment deployment() {
		int port = (this.container.port() != null) ? this.container.port() : -1;
		ProcessCommand process = process();
		Map<CheckKind, HealthCheck> checks = this.descriptor.checks(this.container);
		SecondPorts others = SecondPorts.of(process, port, checks.values(), this.owners);
		Consumer<InstanceEvent> first = this.history::changed;
		return new Deployment(name(), process, port, others, checks, gracePeriod(), sigterm(),
				first.andThen(this.events), this.history::checked);
	}

	/**
	 * Returns an error message if a check uses a port that several instances would share;
	 * otherwise {@code null}.
	 */
	private @Nullable String sharedPort(Deployment deployment) {
		for (Map.Entry<CheckKind, HealthCheck> check : deployment.checks().entrySet()) {
			for (int port : SecondPorts.asked(check.getValue(), deployment.command())) {
				if (port != deployment.containerPort() && !deployment.secondPorts().contains(port)) {
					return shared(check.getKey(), check.getValue().method(), port);
				}
			}
		}
		return null;
	}

	private String shared(CheckKind kind, CheckMethod method, int port) {
		String asks = (method instanceof CheckMethod.HttpGet) ? ".http_get.port is "
				: (method instanceof CheckMethod.TcpSocket) ? ".tcp_socket.port is " : ".exec asks port ";
		String remedy = (this.container.port() != null)
				? "Name it in env or in an option of the command, such as MANAGEMENT_SERVER_PORT=" + port
						+ ", so that each gets one of its own"
				: "Write containers[0].port, if it is the port that the service listens on";
		return "containers[0]." + kind.key() + asks + port + ", which several instances would share on this machine. "
				+ remedy + "; or run one instance, with restart in place of rollout";
	}

	private ProcessCommand process() {
		Map<String, String> all = new LinkedHashMap<>();
		for (EnvironmentVariable variable : this.container.env()) {
			all.put(variable.name(), variable.value());
		}
		all.putAll(this.environment);
		return new ProcessCommand(List.of("sh", "-c", shellCommand()), all, this.directory, null, this.startTimeout,
				null);
	}

	private String shellCommand() {
		String line = (this.command != null) ? this.command : said(this.container.command());
		String script = (this.command != null) ? "" : said(this.container.script());
		Assert.isTrue(!line.isBlank() || !script.isBlank(),
				"containers[0].command is missing, and so is script: without an image there is nothing else to run. "
						+ "Write one of them, or give a command of your own");
		Assert.isTrue(line.isBlank() || script.isBlank(),
				"containers[0] has both command and script, and nothing says which of them EAS runs. "
						+ "Remove one, or give a command of your own");
		// exec: the shell splits the command into words, then the program replaces the
		// shell
		return script.isBlank() ? "exec " + line : script;
	}

	private static String said(@Nullable String line) {
		return (line != null) ? line : "";
	}

	private @Nullable Consumer<String> sink(String instance) {
		BiConsumer<String, String> sink = this.output;
		return (sink != null) ? (line) -> sink.accept(instance, line) : null;
	}

	private Duration gracePeriod() {
		Integer seconds = this.descriptor.metadata().terminationGracePeriod();
		return Duration.ofSeconds((seconds != null) ? seconds : GRACE_PERIOD_SECONDS);
	}

	private boolean sigterm() {
		Metadata metadata = this.descriptor.metadata();
		Rpc rpc = metadata.rpc();
		return rpc != null && Boolean.TRUE.equals(rpc.enableSigterm());
	}

}
