package io.eas.deployment.explanation;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long a container waits before it is started again: not at all the first time, then
 * 10 s and twice as long each time, up to 300 s. Ten minutes of running make it forget.
 * Source: the kubelet's {@code CrashLoopBackOff}.
 */
final class RestartBackOff {

	private static final long FIRST = 10;

	private static final long LONGEST = 300;

	private RestartBackOff() {
	}

	/**
	 * The wait before a restart.
	 * @param restart counted from 1
	 * @return in seconds
	 */
	static long wait(int restart) {
		if (restart <= 1) {
			return 0;
		}
		return Math.min(FIRST << Math.min(restart - 2, 10), LONGEST);
	}

	static String inWords() {
		return IntStream.rangeClosed(1, 8)
			.mapToObj((restart) -> Long.toString(wait(restart)))
			.collect(Collectors.joining(", ")) + " s, and so on; 10 min of running make it forget";
	}

}
