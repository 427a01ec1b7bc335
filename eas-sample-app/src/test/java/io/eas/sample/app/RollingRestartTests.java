package io.eas.sample.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.eas.client.EasClient;
import io.eas.deployment.reader.DescriptorReader;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the drain promises: the model's own {@code service.json}, 16 callers who never
 * repeat a call, every instance restarted, one after the other, and no caller notices.
 */
class RollingRestartTests {

	private static final int CALLERS = 16;

	private static final Path MODEL = Path.of("..", "eas-sample-model");

	private final byte[] seven = PngImage.greys(Images.file("seven.png"));

	private final AtomicInteger answered = new AtomicInteger();

	private final EasEmulator eas = EasEmulator.builder()
		.admin(false)
		.deploy(DescriptorReader.read(MODEL.resolve("service.json")),
				(deployment) -> deployment.token("abc")
					.directory(MODEL.resolve("target"))
					// of three, so that the one that is left has all calls
					.instances(2)
					// for time: clients here poll each second, not each five
					.environment(Map.of("EAS_SERVER_DRAIN_DELAY", "4s")))
		.build()
		.start();

	private final ConfigurableApplicationContext context = OwnEventLoops.run("--spring.profiles.active=prod",
			"--server.port=0", "--server.address=127.0.0.1", "--eas.token=abc", "--eas.endpoint=" + this.eas.endpoint(),
			"--eas.discovery.allowed-networks=127.0.0.0/8", "--eas.discovery.allow-any-interval=true",
			"--eas.discovery.interval=1s", "--eas.retry.max-attempts=1", "--eas.http.response-timeout=20s");

	private final EasClient mnist = this.context.getBean(EasClient.class);

	@AfterEach
	void close() {
		this.context.close();
		this.eas.close();
	}

	@Test
	void noCallFailsWhileAllInstancesAreRestarted() {
		Map<String, Long> before = pids();
		Sinks.Empty<Void> restarted = Sinks.empty();
		Mono<Void> restart = Mono.<Void>fromRunnable(() -> this.eas.service("mnist_saved_model_example").restart())
			.subscribeOn(Schedulers.boundedElastic())
			.doFinally((signal) -> restarted.tryEmitEmpty());
		Mono<Void> calls = Flux.range(0, CALLERS)
			.flatMap((caller) -> call().repeat().takeUntilOther(restarted.asMono()), CALLERS)
			.doOnNext((digit) -> this.answered.incrementAndGet())
			.then();
		Mono.when(calls, restart).block(Duration.ofMinutes(3));
		assertThat(this.answered).hasValueGreaterThan(1000);
		assertThat(pids()).hasSize(2).containsOnlyKeys(before.keySet()).doesNotContainValue(0L);
		assertThat(pids().values()).doesNotContainAnyElementsOf(before.values());
	}

	/** With a pause, or 16 callers leave no processor for a model that starts. */
	private Mono<Digit> call() {
		return Mono.defer(() -> this.mnist.post("").body(this.seven).retrieve(Digit.class))
			.delayElement(Duration.ofMillis(100))
			.doOnNext((digit) -> assertThat(digit.digit()).isEqualTo(7));
	}

	private Map<String, Long> pids() {
		return this.eas.service("mnist_saved_model_example")
			.instances()
			.stream()
			.collect(Collectors.toMap(EmulatedInstance::address, (instance) -> instance.pid().orElseThrow()));
	}

}
