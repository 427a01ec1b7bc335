package io.eas.emulator.cli;

import java.io.PrintWriter;
import java.util.List;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatorBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that all commands that run a service have in common.
 */
final class ServiceOptions {

	@Spec(Spec.Target.MIXEE)
	private @Nullable CommandSpec mixee;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
	@SuppressWarnings("UnusedVariable") // used by picocli
	private boolean help;

	@Option(names = "--port", paramLabel = "<port>", defaultValue = "8500",
			description = "Port of discovery and gateway; 0: any that is free.")
	private int port;

	@Option(names = "--admin-port", paramLabel = "<port>", defaultValue = "8501",
			description = "Port of the admin interface; 0: any that is free.")
	private int adminPort;

	@Option(names = "--instance-ports", paramLabel = "<ports>", split = ",", converter = PortRange.Converter.class,
			showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "Ports of the instances, such as 9000-9009; without it any that are free.")
	private List<PortRange> instancePorts = List.of();

	@Option(names = "--token-env", paramLabel = "<variable>",
			description = "Environment variable that holds the service's token; without it every request passes.")
	private @Nullable String tokenEnvironment;

	@Option(names = "--gateway-body-limit", paramLabel = "<bytes>", defaultValue = "1048576",
			description = "Largest body of a request that the gateway accepts, as on EAS.")
	private long gatewayBodyLimit;

	@Option(names = "--plain", description = "Writes lines in a terminal, too, instead of a table that stays in place.")
	private boolean plain;

	EmulatorBuilder builder() {
		EmulatorApplication program = program();
		try {
			EmulatorBuilder builder = EasEmulator.builder()
				.port(this.port)
				.adminPort(this.adminPort)
				.allInterfaces(program.allInterfaces())
				.adminOnAllInterfaces(program.adminOnAllInterfaces())
				.gatewayBodyLimit(this.gatewayBodyLimit);
			return this.instancePorts.isEmpty() ? builder : builder
				.instancePorts(this.instancePorts.stream().flatMapToInt(PortRange::ports).boxed().toList());
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(commandLine(), ex.getMessage(), ex);
		}
	}

	/** Creates the emulator, unless two of its options contradict each other. */
	EasEmulator build(EmulatorBuilder builder) {
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(commandLine(), ex.getMessage(), ex);
		}
	}

	/**
	 * Warns if other machines can reach the emulator, and if they may reach discovery
	 * without the instances.
	 */
	void warn() {
		EmulatorApplication program = program();
		PrintWriter err = commandLine().getErr();
		if (program.allInterfaces()) {
			err.println("eas-emulator: listens on all network interfaces, so whoever reaches this machine can call "
					+ "discovery, the gateway and the instances"
					+ ((this.tokenEnvironment != null) ? "" : " without a token"));
			if (this.instancePorts.isEmpty()) {
				err.println("eas-emulator: where only published ports can be reached, as in a container, callers reach "
						+ "discovery but no instance: give --instance-ports, and publish these ports, too");
			}
		}
		if (program.adminOnAllInterfaces()) {
			err.println("eas-emulator: the admin interface, which has no password, listens on all network interfaces, "
					+ "so whoever reaches this machine can kill instances");
		}
		err.flush();
	}

	/**
	 * Returns the report for people: a table if the output is a terminal and a table is
	 * wanted, otherwise lines.
	 * @param llm the name of the language model that is served, if any
	 */
	Report report(@Nullable String llm) {
		LiveTerminal terminal = this.plain ? null : LiveTerminal.open();
		return (terminal != null) ? new LiveReport(terminal, this.tokenEnvironment, llm)
				: new TextReport(commandLine().getOut(), this.tokenEnvironment, llm);
	}

	@Nullable String token() {
		if (this.tokenEnvironment == null) {
			return null;
		}
		String token = System.getenv(this.tokenEnvironment);
		require(token != null && !token.isBlank(),
				"--token-env: there is nothing in the environment variable " + this.tokenEnvironment);
		return token;
	}

	void require(boolean condition, String message) {
		if (!condition) {
			throw new ParameterException(commandLine(), message);
		}
	}

	private EmulatorApplication program() {
		return commandLine().getParent().getCommand();
	}

	CommandLine commandLine() {
		if (this.mixee == null) {
			throw new IllegalStateException("picocli injects it");
		}
		return this.mixee.commandLine();
	}

}
