package io.eas.deployment.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A run of the program in this JVM.
 *
 * @param code the exit code
 * @param out the standard output
 * @param err the standard error
 */
record Run(int code, String out, String err) {

	static Run of(String... arguments) {
		StringWriter out = new StringWriter();
		StringWriter err = new StringWriter();
		int code = DeploymentApplication.commandLine()
			.setOut(new PrintWriter(out))
			.setErr(new PrintWriter(err))
			.execute(arguments);
		return new Run(code, out.toString(), err.toString());
	}

}
