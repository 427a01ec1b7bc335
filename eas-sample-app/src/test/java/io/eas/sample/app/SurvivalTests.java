package io.eas.sample.app;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.client.EasClient;
import io.eas.client.EasException;
import io.eas.client.EasResponse;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the starter promises: three instances as processes, 16 callers, one instance
 * killed without discovery knowing, and no caller notices. How soon a call is answered is
 * not measured here, so a machine that stands still for some seconds fails no call.
 */
class SurvivalTests {

	private static final int CALLERS = 16;

	private final byte[] seven = PngImage.greys(Images.file("seven.png"));

	private final AtomicInteger begun = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger retried = new AtomicInteger();

	private final EasEmulator eas = EasEmulator.builder()
		.admin(false)
		.service("mnist",
				(service) -> service.token("abc").instances(3, (instance) -> instance.command(TinyModel.command())))
		.build()
		.start();

	private final ConfigurableApplicationContext context = OwnEventLoops.run("--spring.profiles.active=prod",
			"--server.port=0", "--server.address=127.0.0.1", "--eas.token=abc", "--eas.endpoint=" + this.eas.endpoint(),
			"--eas.services.mnist.service-name=mnist", "--eas.discovery.allowed-networks=127.0.0.0/8",
			"--eas.http.response-timeout=1m", "--eas.http.request-timeout=2m",
			"--logging.level.reactor.netty.http.client.HttpClientConnect=error");

	private final EasClient mnist = this.context.getBean(EasClient.class);

	@AfterEach
	void close() {
		this.context.close();
		this.eas.close();
	}

	@Test
	void noCallFailsWhenAnInstanceIsKilled() {
		survives(2000);
	}

	@Test
	@Tag("long")
	void noCallOfTenThousandFailsWhenAnInstanceIsKilled() {
		survives(10_000);
	}

	private void survives(int calls) {
		EasException failure = Flux.range(0, CALLERS)
			.flatMap((caller) -> call(calls / 4).repeat(calls / CALLERS - 1), CALLERS)
			.doOnNext(this::count)
			.then(Mono.<EasException>empty())
			.onErrorResume(EasException.class, Mono::just)
			.block(Duration.ofMinutes(5));
		assertThat(failure).isNull();
		assertThat(this.answered).hasValue(calls);
		assertThat(this.retried).hasPositiveValue();
		assertThat(victim().pid()).isEmpty();
	}

	private Mono<EasResponse<Digit>> call(int fatal) {
		return Mono.defer(() -> {
			if (this.begun.incrementAndGet() == fatal) {
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
		return this.eas.service("mnist").instance(2);
	}

}
