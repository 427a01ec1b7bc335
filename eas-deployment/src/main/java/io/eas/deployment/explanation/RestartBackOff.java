package io.eas.deployment.explanation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The pause before a container is restarted: none the first time, then 10 s, doubled each
 * time up to 300 s. The pause is reset ten minutes after a restart. After a check has
 * killed a container, the kubelet counts the pause from the end of the previous
 * container. Source: {@code doBackOff} in {@code kuberuntime_manager.go}.
 */
final class RestartBackOff {

	private static final long FIRST = 10;

	private static final long LONGEST = 300;

	private RestartBackOff() {
	}

	/**
	 * Returns the pause before a restart.
	 * @param restart the number of the restart, from 1
	 * @return the pause in seconds
	 */
	static long wait(int restart) {
		if (restart <= 1) {
			return 0;
		}
		return Math.min(FIRST << Math.min(restart - 2, 10), LONGEST);
	}

	static List<String> inWords() {
		return List.of(
				"Pauses before restarts in a row, if its process ends by itself: " + IntStream.rangeClosed(1, 8)
					.mapToObj((restart) -> Long.toString(wait(restart)))
					.collect(Collectors.joining(", ")) + " s, and so on.",
				"After a kill by a check, it pauses only if the process before ended less than that pause ago: "
						+ "killed 30 s after",
				"each start, it pauses 0, 0, 0, 0, 40, 80, 160, 300, 0, 300 s. The pauses begin anew after 10 min "
						+ "without a restart.");
	}

}
