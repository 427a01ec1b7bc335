package io.eas.benchmarks;

import java.io.PrintWriter;
import java.io.StringWriter;

import picocli.CommandLine;

/**
 * A run of the program within this JVM.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err what it printed to the standard error stream
 */
public record Run(int status, String out, String err) {

	/**
	 * Runs the program.
	 * @param arguments the command line
	 */
	public static Run of(String... arguments) {
		StringWriter out = new StringWriter();
		StringWriter err = new StringWriter();
		CommandLine commandLine = BenchmarksApplication.commandLine()
			.setOut(new PrintWriter(out))
			.setErr(new PrintWriter(err));
		return new Run(commandLine.execute(arguments), out.toString(), err.toString());
	}

}
