package io.eas.discovery.probe;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.eas.discovery.InstanceCache;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Polls on one thread while results come on others.
 */
@ExtendWith(OutputCaptureExtension.class)
class HealthCheckedInstancesThreadTests {

	private static final int POLLS = 500;

	private final Scheduler timer = Schedulers.newParallel("test-timer", 2, true);

	private final Scheduler network = Schedulers.newParallel("test-network", 4, true);

	private final InstanceCache cache = new InstanceCache(Clock.systemUTC());

	private volatile boolean calm;

	private final HealthCheckedInstances proven = new HealthCheckedInstances("mnist", this.cache, new Threshold(1, 2),
			true, Duration.ofMillis(2), this::probe, this.timer, new SplittableRandom(1), Clock.systemUTC());

	@AfterEach
	void dispose() {
		this.proven.stop();
		this.network.dispose();
		this.timer.dispose();
	}

	@Test
	void concurrentCallsSeeOnlyListedInstancesAndFinallyAllOfThem(CapturedOutput output) {
		this.proven.start();
		SplittableRandom random = new SplittableRandom(2);
		Set<EasInstance> known = new HashSet<>();
		List<EasInstance> list = List.of();
		for (int i = 0; i < POLLS; i++) {
			int from = random.nextInt(200);
			list = IntStream.range(from, from + 1 + random.nextInt(100))
				.mapToObj((index) -> TestInstances.instance(index, 100))
				.toList();
			known.addAll(list);
			InstanceList listed = this.proven.succeed(list, Source.DISCOVERY);
			assertThat(listed.instances()).hasSameSizeAs(list);
			InstanceList used = this.cache.current();
			assertThat((used != null) ? used.instances() : List.<EasInstance>of()).isSubsetOf(known);
			assertThat(this.cache.state().failures()).isZero();
		}
		this.calm = true;
		List<EasInstance> last = list;
		await().until(() -> this.cache.current().holds(last));
		assertThat(this.proven.states()).hasSize(last.size());
		assertThat(output).doesNotContain("failed unexpectedly").doesNotContain("Exception");
	}

	private Mono<ProbeResult> probe(EasInstance instance) {
		return Mono.fromSupplier(() -> {
			boolean fine = this.calm || ThreadLocalRandom.current().nextInt(3) > 0;
			return fine ? Results.FINE : Results.BROKEN;
		}).subscribeOn(this.network);
	}

}
