package io.eas.emulator.cli;

import java.io.PrintWriter;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command-line program: {@code run} runs a {@code service.json}, and {@code serve}
 * runs any program, a language model or an echo. Both run until they are interrupted. The
 * exit code is 1 if something can't be started, with one line that says why, and 2 for
 * wrong usage.
 */
@Command(name = "eas-emulator", subcommands = { RunCommand.class, ServeCommand.class },
		description = "EAS on one machine: discovery, gateway, instances with health checks, and faults.")
public final class EmulatorApplication {

	private static final String LOGGING = "logback.configurationFile";

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
	@SuppressWarnings("UnusedVariable") // used by picocli
	private boolean help;

	@Option(names = "--all-interfaces", scope = ScopeType.INHERIT,
			description = "Discovery, gateway and instances listen on all network interfaces, not only on 127.0.0.1.")
	private boolean allInterfaces;

	@Option(names = "--admin-on-all-interfaces", scope = ScopeType.INHERIT,
			description = "The admin interface listens on all network interfaces, not only on 127.0.0.1.")
	private boolean adminOnAllInterfaces;

	EmulatorApplication() {
	}

	/**
	 * Runs the program and exits.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		if (System.getProperty(LOGGING) == null) {
			System.setProperty(LOGGING, "io/eas/emulator/cli/logback.xml");
		}
		System.exit(run(args));
	}

	boolean allInterfaces() {
		return this.allInterfaces;
	}

	boolean adminOnAllInterfaces() {
		return this.adminOnAllInterfaces;
	}

	static int run(String... args) {
		return commandLine().execute(args);
	}

	static CommandLine commandLine() {
		return new CommandLine(new EmulatorApplication())
			.setExecutionExceptionHandler((ex, command, parsed) -> failed(ex, command.getErr()));
	}

	private static int failed(Exception ex, PrintWriter err) {
		err.println("eas-emulator: " + ex.getMessage());
		err.flush();
		return CommandLine.ExitCode.SOFTWARE;
	}

}
