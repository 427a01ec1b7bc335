package io.eas.benchmarks.calls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import io.eas.benchmarks.instances.Conversation;
import io.eas.benchmarks.paths.CallPath;
import io.eas.benchmarks.paths.Variant;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The program of a variant. It reports when it is ready, then makes calls for each line
 * of its standard input, a {@code Stint}, and ends at the end of its input.
 */
@Command(name = "caller")
public final class CallerProgram implements Callable<Integer> {

	@Option(names = "--variant", required = true, description = "The client that calls.")
	private Variant variant = Variant.RAW;

	@Parameters(description = "The instances, host:port.")
	private List<String> addresses = List.of();

	private CallerProgram() {
	}

	/**
	 * Runs the program and exits.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		System.exit(new CommandLine(new CallerProgram()).execute(args));
	}

	@Override
	public Integer call() throws IOException {
		try (CallPath path = this.variant.start(this.addresses);
				BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			System.out.println(Conversation.READY);
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				Stint stint = Stint.parse(line);
				System.gc();
				System.out.println(new CallLoop(path, stint.callers()).run(stint.before(), stint.measured()).json());
			}
		}
		return CommandLine.ExitCode.OK;
	}

	/**
	 * A task for the program.
	 *
	 * @param callers the number of concurrent callers
	 * @param before the unmeasured time at the beginning
	 * @param measured the measured time after that
	 */
	record Stint(int callers, Duration before, Duration measured) {

		static Stint parse(String line) {
			String[] words = line.split(" ");
			return new Stint(Integer.parseInt(words[0]), Duration.parse(words[1]), Duration.parse(words[2]));
		}

		/** Returns the task as one line. */
		String line() {
			return this.callers + " " + this.before + " " + this.measured;
		}

	}

}
