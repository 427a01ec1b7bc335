package io.eas.emulator.lifecycle;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import io.eas.deployment.model.CheckKind;
import io.eas.emulator.lifecycle.ExplainedService.Bounds;
import io.eas.emulator.lifecycle.VirtualInstance.Change;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code explain} says about 1,000 random services, and what then becomes of an
 * instance: every time lies within its bounds, and some come close to both.
 */
class ExplainedTimesTests {

	private static final int SERVICES = 1000;

	private static final double CLOSE = 0.06;

	private final Map<String, double[]> positions = new TreeMap<>();

	@Test
	void anInstanceThatPassesEveryCheckIsListedInTime() {
		for (int i = 0; i < SERVICES; i++) {
			Random random = new Random(i);
			ExplainedService service = new ExplainedService(random);
			ExplainedStory.Start story = new ExplainedStory.Start(service, random, 0);
			story.play();
			String what = service.checks().containsKey(CheckKind.READINESS) ? "ready and listed in discovery"
					: "listed in discovery";
			check(service, "A start", what, story.first(Change.LISTED), started(story));
		}
		assertCloseTo("ready and listed in discovery", "listed in discovery");
	}

	@Test
	void anInstanceThatNeverStartsIsKilledInTime() {
		for (int i = 0; i < SERVICES; i++) {
			Random random = new Random(i);
			ExplainedService service = new ExplainedService(random);
			if (service.bounds("A start", "killed").isPresent()) {
				ExplainedStory.Start story = new ExplainedStory.Start(service, random, Integer.MAX_VALUE);
				story.play();
				check(service, "A start", "the last ", Optional.of(story.last()), started(story));
				check(service, "A start", "killed, if no ", story.first(Change.KILLED), started(story));
			}
		}
		assertCloseTo("the last ", "killed, if no ");
	}

	@Test
	void instanceThatStartsAtTheLastPossibleCheckIsReadyInTime() {
		double latest = 0;
		for (int i = 0; i < SERVICES; i++) {
			Random random = new Random(i);
			ExplainedService service = new ExplainedService(random);
			Optional<Bounds> bounds = service.bounds("A start", "ready at the latest");
			if (bounds.isPresent()) {
				ExplainedStory.Start story = new ExplainedStory.Start(service, random,
						service.timings(CheckKind.STARTUP, ExplainedStory.NONE).failureThreshold());
				story.play();
				long took = story.first(Change.LISTED).orElseThrow() - started(story);
				assertThat(took).as("%s: %s", i, service).isLessThanOrEqualTo(bounds.get().to());
				latest = Math.max(latest, took / (double) bounds.get().to());
			}
		}
		assertThat(latest).isGreaterThan(1 - CLOSE);
	}

	@Test
	void anInstanceThatRefusesConnectionsIsUnlistedAndKilledInTime() {
		fail("It refuses connections", false);
	}

	@Test
	void anInstanceThatHangsIsUnlistedAndKilledInTime() {
		fail("It hangs: every check", true);
	}

	private void fail(String section, boolean hangs) {
		for (int i = 0; i < SERVICES; i++) {
			Random random = new Random(i);
			ExplainedService service = new ExplainedService(random);
			if (hangs && service.isCheckedByDefault()) {
				continue; // a connection hangs with nobody
			}
			ExplainedStory.Failing story = new ExplainedStory.Failing(service, random, hangs);
			story.play();
			check(service, section, "out of discovery", story.first(Change.UNLISTED), story.moment());
			check(service, section, "killed by liveness_check", story.first(Change.KILLED), story.moment());
			check(service, section, "gone", story.first(Change.GONE), story.moment());
		}
		assertCloseTo("out of discovery", "killed by liveness_check", "gone");
	}

	@Test
	void anInstanceThatRecoversIsListedInTime() {
		for (int i = 0; i < SERVICES; i++) {
			Random random = new Random(i);
			ExplainedService service = new ExplainedService(random);
			if (service.checks().containsKey(CheckKind.READINESS)) {
				ExplainedStory.Recovering story = new ExplainedStory.Recovering(service, random);
				story.play();
				check(service, "It recovers", "ready and listed again", story.first(Change.LISTED), story.moment());
			}
		}
		assertCloseTo("ready and listed again");
	}

	private static long started(ExplainedStory story) {
		return story.first(Change.STARTED).orElseThrow();
	}

	private void check(ExplainedService service, String section, String what, Optional<Long> happened, long since) {
		Optional<Bounds> bounds = service.bounds(section, what);
		assertThat(happened.isPresent()).as("%s of %s", what, service).isEqualTo(bounds.isPresent());
		if (bounds.isPresent()) {
			long after = happened.get() - since;
			assertThat(after).as("%s of %s", what, service).isBetween(bounds.get().from(), bounds.get().to());
			if (service.isPunctual() && bounds.get().to() > bounds.get().from()) {
				double position = bounds.get().position(after);
				this.positions.merge(what, new double[] { position, position },
						(all, one) -> new double[] { Math.min(all[0], one[0]), Math.max(all[1], one[1]) });
			}
		}
	}

	/** Bounds that nothing comes close to say little. */
	private void assertCloseTo(String... whats) {
		assertThat(this.positions).containsOnlyKeys(whats);
		assertThat(this.positions).allSatisfy((what, position) -> {
			assertThat(position[0]).as("earliest %s", what).isLessThan(CLOSE);
			assertThat(position[1]).as("latest %s", what).isGreaterThan(1 - CLOSE);
		});
	}

}
