package io.eas.benchmarks.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.eas.benchmarks.clients.EasCaller;
import io.eas.benchmarks.clients.Timeouts;
import io.eas.benchmarks.instances.Conversation;
import io.eas.benchmarks.load.ClosedLoop;
import io.eas.benchmarks.load.Measurement;
import io.eas.benchmarks.load.Pause;
import jdk.jfr.consumer.RecordingStream;

/**
 * The program of many callers of one {@code EasClient}. Its arguments are the number of
 * callers and the instances. It reports when it is ready, then makes calls for each line
 * of its standard input, and ends at the end of its input.
 */
public final class CallersProgram {

	/** Command to run callers that block virtual threads; argument: the duration. */
	static final String BLOCKING = "blocking";

	/** Command to run reactive callers, which hold no thread; argument: the duration. */
	static final String REACTIVE = "reactive";

	private static final String PINNED = "jdk.VirtualThreadPinned";

	/**
	 * The time from which on a pinned thread is counted; shorter times do no harm. It is
	 * the default of the JDK.
	 */
	private static final Duration NOTABLE = Duration.ofMillis(20);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20));

	private final EasCaller client;

	private final int callers;

	private final AtomicLong pinned = new AtomicLong();

	private CallersProgram(EasCaller client, int callers) {
		this.client = client;
		this.callers = callers;
	}

	/**
	 * Runs the program and exits.
	 * @param args the command line
	 * @throws IOException if its standard input fails
	 */
	public static void main(String[] args) throws IOException {
		List<String> addresses = List.of(args).subList(1, args.length);
		try (EasCaller client = EasCaller.of(addresses, TIMEOUTS,
				List.of("eas.http.max-connections-per-instance=" + args[0], "eas.http.request-timeout=60s",
						"eas.http.pending-acquire-timeout=20s"));
				RecordingStream events = new RecordingStream();
				BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			CallersProgram program = new CallersProgram(client, Integer.parseInt(args[0]));
			events.enable(PINNED).withThreshold(NOTABLE);
			events.onEvent(PINNED, (event) -> program.pinned.incrementAndGet());
			events.startAsync();
			System.out.println(Conversation.READY);
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				String[] words = line.split(" ");
				System.out.println(program.run(words[0].equals(BLOCKING), Duration.parse(words[1])).json());
			}
		}
		System.exit(0);
	}

	private CallersSample run(boolean blocking, Duration time) {
		Measurement measured = new Measurement();
		long before = this.pinned.get();
		long started = System.nanoTime();
		if (blocking) {
			BlockingCallers running = BlockingCallers.start(this.client::await, this.callers, measured);
			Pause.of(time);
			running.stop();
		}
		else {
			ClosedLoop running = ClosedLoop.start(this.client.call(), this.callers, measured);
			Pause.of(time);
			running.stop(PATIENCE);
		}
		return new CallersSample(measured.calls(), measured.failed(), System.nanoTime() - started, measured.millis(50),
				measured.millis(99), this.pinned.get() - before);
	}

}
