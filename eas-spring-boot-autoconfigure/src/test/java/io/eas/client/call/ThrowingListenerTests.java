package io.eas.client.call;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.eas.client.EasClient;
import io.eas.client.EasException;
import io.eas.client.EasStatusException;
import io.eas.discovery.DiscoveryState;
import io.eas.discovery.PollListener;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.EjectionListener;
import io.eas.metrics.DefaultEasClientObservationConvention;
import io.eas.metrics.EasCallOutcome;
import io.eas.metrics.EasClientObservationContext;
import io.eas.metrics.EasClientObservationConvention;
import io.eas.service.EasServices;
import io.eas.service.ServiceListeners;
import io.github.resilience4j.core.EventConsumer;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.retry.event.RetryEvent;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Whoever only listens can throw what it likes: calls and polls end as they would without
 * it, and the log says so once.
 */
@ExtendWith(OutputCaptureExtension.class)
class ThrowingListenerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final EasEmulator eas = LocalEas.start(
			(request) -> Mono.just(EmulatedResponse.bytes(200, "ok".getBytes(StandardCharsets.UTF_8), "text/plain")), 1,
			1);

	@AfterEach
	void stop() {
		this.eas.close();
	}

	@ParameterizedTest
	@EnumSource
	void throwingListenersOfCallsAttemptsEjectionsAndPollsFailNoCall(Thrown what, CapturedOutput output) {
		Listening listening = new Listening(what);
		application("eas.ejection.base-time=10ms")
			.withBean(ServiceListeners.Factory.class,
					() -> (alias) -> new ServiceListeners((method, context) -> listening, (outcome) -> what.toss(),
							listening, listening))
			.run((context) -> {
				assertCallsEndAsEver(context);
				await().dontCatchUncaughtExceptions()
					.atMost(PATIENCE)
					.until(() -> output.toString().contains("a listener of discovery failed"));
			});
		assertThat(lines(output, "a call could not be observed")).isOne();
		assertThat(lines(output, "a listener of attempts or ejections failed")).isOne();
		assertThat(lines(output, "a listener of discovery failed")).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void listenerThatThrowsWhenACallStartsFailsNoCall(Thrown what, CapturedOutput output) {
		application()
			.withBean(ServiceListeners.Factory.class, () -> (alias) -> new ServiceListeners((method, context) -> {
				what.toss();
				return CallObserver.NONE;
			}, (outcome) -> {
			}, EjectionListener.NONE, PollListener.NONE))
			.run(ThrowingListenerTests.this::assertCallsEndAsEver);
		assertThat(lines(output, "a call could not be observed")).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void conventionThatThrowsAtTheEndFailsNoCall(Thrown what, CapturedOutput output) {
		ApplicationContextRunner timed = metered().withBean(EasClientObservationConvention.class,
				() -> new Throwing(what));
		timed.run(this::assertCallsEndAsEver);
		assertThat(lines(output, "a call could not be observed")).isOne();
		timed.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.run(this::assertCallsEndAsEver);
		assertThat(lines(output, "a call could not be observed")).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void registryThatThrowsFailsNoCall(Thrown what, CapturedOutput output) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		metered().withBean(MeterRegistry.class, () -> registry).run((context) -> {
			registry.config().meterFilter(MeterFilter.accept((id) -> {
				if (id.getName().equals("eas.client.requests")) {
					what.toss();
				}
				return true;
			}));
			assertCallsEndAsEver(context);
		});
		assertThat(lines(output, "a call could not be observed")).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void throwingListenersOfTheRetryFailNoCall(Thrown what, CapturedOutput output) {
		application().run((context) -> {
			EventConsumer<RetryEvent> throwing = (event) -> what.toss();
			context.getBean(RetryRegistry.class)
				.retry("eas-echo")
				.getEventPublisher()
				.onSuccess(throwing::consumeEvent)
				.onRetry(throwing::consumeEvent)
				.onError(throwing::consumeEvent)
				.onIgnoredError(throwing::consumeEvent);
			assertCallsEndAsEver(context);
		});
		assertThat(lines(output, "a listener of its Resilience4j retry failed")).isOne();
	}

	/** A rule that throws is no listener: it decides that nothing more is tried. */
	@ParameterizedTest
	@EnumSource
	void throwingRuleOfTheRetryKeepsTheFailureOfTheCall(Thrown what, CapturedOutput output) {
		RetryRegistry registry = RetryRegistry.ofDefaults();
		registry.retry("eas-echo", RetryConfig.custom().maxAttempts(3).retryOnException((failure) -> {
			what.toss();
			return true;
		}).build());
		this.eas.service("echo").instances().forEach((instance) -> instance.status(503));
		application().withBean(RetryRegistry.class, () -> registry)
			.run((context) -> assertThat(catchThrowable(
					() -> context.getBean(EasClient.class).post("").retrieve(String.class).block(PATIENCE)))
				.isInstanceOf(EasStatusException.class)
				.hasMessageContaining("status 503")
				.hasMessageContaining("not tried again: the Resilience4j retry eas-echo failed")
				.hasMessageContaining(what.name()));
		assertThat(lines(output, "a rule of its Resilience4j retry failed")).isOne();
		assertThat(output).doesNotContain("a listener of its Resilience4j retry failed");
	}

	@Test
	void listenerOfTheRetryThatThrowsKeepsTheNumberOfAttempts() {
		application("eas.retry.max-attempts=2").run((context) -> {
			context.getBean(RetryRegistry.class)
				.retry("eas-echo")
				.getEventPublisher()
				.onRetry((event) -> Thrown.LINKAGE.toss())
				.onError((event) -> Thrown.LINKAGE.toss());
			this.eas.service("echo").instances().forEach((instance) -> instance.status(503));
			assertThat(catchThrowable(
					() -> context.getBean(EasClient.class).post("").retrieve(String.class).block(PATIENCE)))
				.isInstanceOf(EasStatusException.class)
				.hasMessageContaining("attempt 2 of 2");
		});
	}

	/** Answered, tried again, failed, streamed and cancelled. */
	private void assertCallsEndAsEver(ApplicationContext context) {
		EasClient client = context.getBean(EasClient.class);
		this.eas.service("echo").instances().forEach(EmulatedInstance::heal);
		for (int i = 0; i < 2; i++) {
			assertThat(client.post("").retrieve(String.class).block(PATIENCE)).isEqualTo("ok");
			assertThat(client.post("").retrieveFlux(String.class).blockLast(PATIENCE)).isEqualTo("ok");
			this.eas.service("echo").instance(i).refuse();
			for (int call = 0; call < 4; call++) {
				assertThat(client.post("").retrieve(String.class).block(PATIENCE)).isEqualTo("ok");
			}
			this.eas.service("echo").instance(i).heal();
			// moves on from what takes no connection are no retries
			this.eas.service("echo").instance(1 - i).status(503);
			for (int call = 0; call < 4; call++) {
				assertThat(client.post("").retrieve(String.class).block(PATIENCE)).isEqualTo("ok");
			}
			this.eas.service("echo").instance(1 - i).heal();
		}
		this.eas.service("echo").instances().forEach((instance) -> instance.status(404));
		assertThat(catchThrowable(() -> client.post("").retrieve(String.class).block(PATIENCE)))
			.isInstanceOf(EasStatusException.class);
		// which nothing writes as an image
		assertThat(catchThrowable(() -> client.post("")
			.contentType(MediaType.IMAGE_PNG)
			.body(List.of(1))
			.retrieve(String.class)
			.block(PATIENCE))).isInstanceOf(EasException.class);
		this.eas.service("echo").instances().forEach((instance) -> instance.late(PATIENCE));
		Disposable call = client.post("").retrieve(String.class).subscribe();
		call.dispose();
		await().dontCatchUncaughtExceptions()
			.atMost(PATIENCE)
			.until(() -> context.getBean(EasServices.class).service("echo").selector().inFlight() == 0);
	}

	private ApplicationContextRunner metered() {
		return application().withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));
	}

	private ApplicationContextRunner application(String... properties) {
		return LocalEas.application(this.eas, properties);
	}

	private static long lines(CapturedOutput output, String text) {
		return output.toString().lines().filter((line) -> line.contains(text)).count();
	}

	/** Throws once a call is over. */
	private static final class Throwing extends DefaultEasClientObservationConvention {

		private final Thrown what;

		Throwing(Thrown what) {
			this.what = what;
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(EasClientObservationContext context) {
			if (context.getResult().outcome() != EasCallOutcome.UNKNOWN) {
				this.what.toss();
			}
			return super.getLowCardinalityKeyValues(context);
		}

	}

	/** Throws whatever it hears. */
	private record Listening(Thrown what) implements CallObserver, EjectionListener, PollListener {

		@Override
		public void writeTo(HttpHeaders request) {
			this.what.toss();
		}

		@Override
		public void reached(Progress progress, long nanos) {
			this.what.toss();
		}

		@Override
		public void answered(int status, EasInstance instance, int attempts) {
			this.what.toss();
		}

		@Override
		public void failed(Throwable failure, int attempts) {
			this.what.toss();
		}

		@Override
		public void cancelled(int status, @Nullable EasInstance instance, int attempts) {
			this.what.toss();
		}

		@Override
		public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
			this.what.toss();
		}

		@Override
		public void restored(EasInstance instance) {
			this.what.toss();
		}

		@Override
		public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
			this.what.toss();
		}

		@Override
		public void failed(DiscoveryState state) {
			this.what.toss();
		}

	}

}
