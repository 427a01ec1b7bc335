package io.eas.discovery.probe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.eas.instance.TestInstances;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker that is ticked and a model that has the whole history before it come to the
 * same verdict after each tick.
 */
class ProbeModelTests {

	@Property(tries = 500)
	void verdictIsThatOfTheLastRunThatReachedItsThreshold(
			@ForAll @StringLength(max = 60) @CharRange(from = 'd', to = 'd') @CharRange(from = 'f',
					to = 'f') @CharRange(from = 's', to = 's') String history,
			@ForAll @IntRange(min = 1, max = 4) int successes, @ForAll @IntRange(min = 1, max = 4) int failures) {
		Deque<ProbeResult> results = new ArrayDeque<>(Results.of(history));
		List<Verdict> told = new ArrayList<>();
		ProbeWorker worker = new ProbeWorker(TestInstances.instance(1, 1),
				(instance) -> Mono.fromSupplier(results::remove), new Threshold(successes, failures), (change) -> {
					if (change.isVerdict()) {
						told.add(change.after().verdict());
					}
				});
		List<Verdict> expected = new ArrayList<>();
		Verdict before = Verdict.UNPROVEN;
		for (int i = 1; i <= history.length(); i++) {
			worker.tick().block();
			Verdict verdict = model(history.substring(0, i), successes, failures);
			assertThat(worker.tally().verdict()).isEqualTo(verdict);
			if (verdict != before) {
				expected.add(verdict);
			}
			before = verdict;
		}
		assertThat(told).isEqualTo(expected);
	}

	/** Discarded results are as if they had never been; the last long run decides. */
	private static Verdict model(String history, int successes, int failures) {
		Matcher runs = Pattern.compile("s{" + successes + ",}|f{" + failures + ",}").matcher(history.replace("d", ""));
		Verdict verdict = Verdict.UNPROVEN;
		while (runs.find()) {
			verdict = runs.group().startsWith("s") ? Verdict.PASSING : Verdict.FAILING;
		}
		return verdict;
	}

}
