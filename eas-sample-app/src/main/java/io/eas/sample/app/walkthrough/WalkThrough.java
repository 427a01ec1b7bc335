package io.eas.sample.app.walkthrough;

import java.time.Duration;
import java.util.List;

import io.eas.client.EasClient;
import io.eas.client.EasException;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedService;
import io.eas.sample.app.walkthrough.Outcome.Prediction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Classifies the test digits, kills one of several instances halfway without telling the
 * client, and prints a table of the results. Runs on the main thread and blocks it.
 */
@Component
@Profile("local")
@ConditionalOnProperty("sample.walk-through.enabled")
class WalkThrough implements ApplicationRunner, ExitCodeGenerator {

	private static final int AT_A_TIME = 8;

	private final WalkThroughProperties properties;

	private final EasClient mnist;

	private final EasEmulator localEas;

	private final EmulatedService service;

	private final Environment environment;

	private boolean good;

	WalkThrough(WalkThroughProperties properties, @Qualifier("mnist") EasClient mnist, EasEmulator localEas,
			@Value("${eas.services.mnist.service-name}") String serviceName, Environment environment) {
		this.properties = properties;
		this.mnist = mnist;
		this.localEas = localEas;
		this.service = localEas.service(serviceName);
		this.environment = environment;
	}

	@Override
	public void run(ApplicationArguments args) {
		List<TestDigit> digits = TestDigit.all();
		EmulatedInstance victim = victim(this.service.instances());
		int half = digits.size() / 2;
		List<Row> rows = Row.of(this.service.instances(), victim,
				"killed (SIGKILL) after " + half + " calls; EAS starts it anew");
		Tally tally = new Tally();
		long started = System.nanoTime();
		for (Outcome outcome : classify(digits).toIterable(1)) {
			tally.add(outcome);
			if (victim != null && tally.calls() == half) {
				victim.kill();
			}
		}
		this.good = tally.isGood(digits.size());
		System.out.print(Report.of(tally, rows, Duration.ofNanos(System.nanoTime() - started)));
		if (!this.properties.exit()) {
			if (victim != null) {
				victim.awaitReady();
			}
			System.out.print(nextSteps(victim));
		}
	}

	/**
	 * Returns the instance to kill, which is the last one, or {@code null} if no other
	 * instance could take over.
	 */
	private static @Nullable EmulatedInstance victim(List<EmulatedInstance> instances) {
		return (instances.size() > 1) ? instances.get(instances.size() - 1) : null;
	}

	private Flux<Outcome> classify(List<TestDigit> digits) {
		return Flux.fromIterable(digits).flatMap(this::classify, AT_A_TIME);
	}

	private Mono<Outcome> classify(TestDigit digit) {
		return this.mnist.post("")
			.body(digit.greys())
			.toEntity(Prediction.class)
			.map((answer) -> Outcome.answered(digit, answer))
			.onErrorResume(EasException.class, (failure) -> Mono.just(Outcome.failed(failure)));
	}

	private String nextSteps(@Nullable EmulatedInstance restarted) {
		return NextSteps.of((restarted != null) ? restarted.address() : null,
				this.environment.getRequiredProperty("local.server.port"), this.localEas.adminPort(),
				this.service.name());
	}

	@Override
	public int getExitCode() {
		return this.good ? 0 : 1;
	}

}
