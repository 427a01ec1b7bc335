package io.eas.sample.app;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.client.EasClient;
import io.eas.client.EasException;
import io.eas.client.EasResponse;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the starter promises: three instances as processes, 16 callers, one instance
 * killed without discovery knowing, and no caller notices.
 */
@LocalSample
class SurvivalTests {

	private static final int CALLS = 50_000;

	private static final int CALLERS = 16;

	private final byte[] seven = PngImage.greys(Images.file("seven.png"));

	private final AtomicInteger begun = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger retried = new AtomicInteger();

	@Autowired
	private EasClient mnist;

	@Autowired
	private EasEmulator localEas;

	@AfterEach
	void restart() {
		victim().restart();
	}

	@Test
	void noCallOf50000FailsWhenAnInstanceIsKilled() {
		EasException failure = Flux.range(0, CALLERS)
			.flatMap((caller) -> call().repeat(CALLS / CALLERS - 1), CALLERS)
			.doOnNext(this::count)
			.then(Mono.<EasException>empty())
			.onErrorResume(EasException.class, Mono::just)
			.block(Duration.ofMinutes(5));
		assertThat(failure).isNull();
		assertThat(this.answered).hasValue(CALLS);
		assertThat(this.retried).hasPositiveValue();
		assertThat(victim().pid()).isEmpty();
	}

	private Mono<EasResponse<Digit>> call() {
		return Mono.defer(() -> {
			if (this.begun.incrementAndGet() == CALLS / 4) {
				ProcessHandle.of(victim().pid().orElse(0)).ifPresent(ProcessHandle::destroyForcibly);
			}
			return this.mnist.post("").body(this.seven).toEntity(Digit.class);
		});
	}

	private void count(EasResponse<Digit> answer) {
		Digit digit = answer.body();
		assertThat(digit).isNotNull();
		assertThat(digit.digit()).isEqualTo(7);
		this.answered.incrementAndGet();
		this.retried.addAndGet(answer.attempts() - 1);
	}

	private EmulatedInstance victim() {
		return this.localEas.service("mnist_saved_model_example").instance(2);
	}

}
