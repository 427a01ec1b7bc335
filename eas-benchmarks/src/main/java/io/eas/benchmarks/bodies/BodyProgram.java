package io.eas.benchmarks.bodies;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.eas.benchmarks.instances.Conversation;

/**
 * The program of a variant. Its arguments are the variant and the instance's address. It
 * reports when it is ready, then executes each line of its standard input and answers
 * with a line. It ends at the end of its input.
 */
public final class BodyProgram {

	/**
	 * Command to carry bodies; arguments: the transfer, the number of callers, the
	 * unmeasured time, the measured time.
	 */
	static final String RUN = "run";

	/** Command to read slowly and then hold the stream; argument: the number of bytes. */
	static final String HOLD = "hold";

	/** Command to cancel the held stream. */
	static final String CANCEL = "cancel";

	/**
	 * Command to cancel responses halfway; argument: the number of responses. The answer
	 * is the number of leaked buffers so far.
	 */
	static final String HALVES = "halves";

	private final BodyPath path;

	private final Reading reading;

	private BodyProgram(BodyPath path) {
		this.path = path;
		this.reading = new Reading(path);
	}

	/**
	 * Runs the program and exits.
	 * @param args the command line
	 * @throws IOException if its standard input fails
	 */
	public static void main(String[] args) throws IOException {
		try (BodyPath path = BodyVariant.valueOf(args[0]).start(args[1]);
				BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			BodyProgram program = new BodyProgram(path);
			System.out.println(Conversation.READY);
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				System.out.println(program.answer(line.split(" ")));
			}
		}
		System.exit(0);
	}

	private String answer(String[] words) {
		switch (words[0]) {
			case RUN -> {
				System.gc();
				return new TransferLoop(this.path, Transfer.valueOf(words[1]), Integer.parseInt(words[2]))
					.run(Duration.parse(words[3]), Duration.parse(words[4]))
					.json();
			}
			case HOLD -> {
				return this.reading.hold(Long.parseLong(words[1])).json();
			}
			case CANCEL -> {
				this.reading.cancel();
				return CANCEL;
			}
			case HALVES -> {
				this.reading.halves(Integer.parseInt(words[1]));
				return String.valueOf(LeakCount.soFar());
			}
			default -> throw new IllegalArgumentException("unknown word: " + words[0]);
		}
	}

}
