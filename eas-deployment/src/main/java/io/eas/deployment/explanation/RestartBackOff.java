package io.eas.deployment.explanation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long a container waits before it is started again: not at all the first time, then
 * 10 s and twice as long each time, up to 300 s. It is forgotten ten minutes after a
 * restart. After a kill by a check, the kubelet counts from the end of the container
 * before. Source: {@code doBackOff} in {@code kuberuntime_manager.go}.
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

	static List<String> inWords() {
		return List.of(
				"Waits before restarts in a row: " + IntStream.rangeClosed(1, 8)
					.mapToObj((restart) -> Long.toString(wait(restart)))
					.collect(Collectors.joining(", ")) + " s, and so on, where its process ends by itself.",
				"A container that a check kills starts at once if the one before it ended that long ago: killed 30 s after",
				"each start, it waits 0, 0, 0, 0, 40, 80, 160, 300, 0, 300 s. Forgotten 10 min after a restart.");
	}

}
