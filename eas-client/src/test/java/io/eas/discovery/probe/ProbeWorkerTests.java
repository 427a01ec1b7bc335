package io.eas.discovery.probe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.eas.instance.EasInstance;
import io.eas.instance.TestInstances;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker, ticked by hand.
 */
class ProbeWorkerTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final EasInstance INSTANCE = TestInstances.instance(1, 100);

	private final Deque<ProbeResult> results = new ArrayDeque<>();

	private final List<Change> changes = new ArrayList<>();

	private Prober prober = (instance) -> Mono.fromSupplier(this.results::remove);

	private final ProbeWorker worker = new ProbeWorker(INSTANCE, (instance) -> this.prober.probe(instance),
			new Threshold(2, 3), this.changes::add);

	@Test
	void eachTickChecksOnce() {
		this.results.addAll(Results.of("sf"));
		Mono<Void> tick = this.worker.tick();
		assertThat(this.results).hasSize(2);
		StepVerifier.create(tick).expectComplete().verify(SOON);
		assertThat(this.results).hasSize(1);
		assertThat(this.worker.tally().last()).isEqualTo(Results.FINE);
	}

	@Test
	void proberIsCalledWithTheInstanceOfTheWorker() {
		List<EasInstance> asked = new ArrayList<>();
		this.prober = (instance) -> {
			asked.add(instance);
			return Mono.just(Results.FINE);
		};
		tick();
		assertThat(asked).containsExactly(INSTANCE);
	}

	@Test
	void onlyChangedResultsAndVerdictsAreReported() {
		ticks("ff");
		assertThat(told()).isEmpty();
		ticks("s");
		assertThat(told()).containsExactly("turn");
		ticks("ss");
		assertThat(told()).containsExactly("PASSING");
		ticks("fffff");
		assertThat(told()).containsExactly("turn", "FAILING");
		ticks("dss");
		assertThat(told()).containsExactly("turn", "PASSING");
	}

	@Test
	void changeContainsTallyBeforeAndAfter() {
		ticks("ss");
		Change change = this.changes.get(1);
		assertThat(change.instance()).isEqualTo(INSTANCE);
		assertThat(change.before().verdict()).isEqualTo(Verdict.UNPROVEN);
		assertThat(change.after()).isEqualTo(this.worker.tally());
	}

	/** Since the last time. */
	private List<String> told() {
		List<String> told = this.changes.stream()
			.map((change) -> change.isVerdict() ? change.after().verdict().name() : "turn")
			.toList();
		this.changes.clear();
		return told;
	}

	@Test
	void checkThatCannotBeCarriedOutIsDiscarded() {
		ticks("ss");
		this.prober = (instance) -> Mono.error(new IllegalStateException("broken"));
		for (int i = 0; i < 5; i++) {
			tick();
		}
		this.prober = (instance) -> {
			throw new IllegalStateException("broken");
		};
		tick();
		assertThat(this.worker.tally().state())
			.isEqualTo(new ProbeState(Verdict.PASSING, "can't be checked: java.lang.IllegalStateException: broken"));
		assertThat(told()).containsExactly("turn", "PASSING");
	}

	@Test
	void tickEndsEvenIfItsFailureCannotBeDescribed() {
		this.prober = (instance) -> Mono.error(new IllegalStateException() {

			@Override
			public String getMessage() {
				throw new OutOfMemoryError("no memory for a text");
			}

		});
		StepVerifier.create(this.worker.tick()).expectComplete().verify(SOON);
	}

	@Test
	void cancellingATickEndsItsCheckWithoutAResult() {
		List<String> cancelled = new ArrayList<>();
		this.prober = (instance) -> Mono.<ProbeResult>never().doOnCancel(() -> cancelled.add("check"));
		Disposable tick = this.worker.tick().subscribe();
		tick.dispose();
		assertThat(cancelled).containsExactly("check");
		assertThat(this.worker.tally()).isEqualTo(Tally.EMPTY);
	}

	private void ticks(String letters) {
		this.results.addAll(Results.of(letters));
		letters.chars().forEach((letter) -> tick());
	}

	private void tick() {
		StepVerifier.create(this.worker.tick()).expectComplete().verify(SOON);
	}

}
