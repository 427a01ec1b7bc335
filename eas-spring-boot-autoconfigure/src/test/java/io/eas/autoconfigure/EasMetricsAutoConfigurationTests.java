package io.eas.autoconfigure;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.eas.client.EasClient;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import io.eas.metrics.EasListeners;
import io.eas.metrics.EasMeters;
import io.eas.service.ServiceListeners;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When there are meters and observations, and when there aren't.
 */
class EasMetricsAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void nothingIsRecordedWithoutARegistry() {
		Applications.withServices("mnist").run((context) -> {
			assertThat(context).hasSingleBean(EasListeners.class).doesNotHaveBean(EasMeters.class);
			assertThat(context.getBean(EasListeners.class).create("mnist")).isEqualTo(ServiceListeners.NONE);
		});
	}

	@Test
	void metersAreRegisteredIfThereIsAMeterRegistry() {
		Applications.withServices("mnist")
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context.getBean(MeterRegistry.class).getMeters()).isNotEmpty());
	}

	@Test
	void noMetersIfThereAreSeveralMeterRegistriesAndNoPrimaryOne() {
		Applications.withServices("mnist")
			.withBean("one", SimpleMeterRegistry.class)
			.withBean("two", SimpleMeterRegistry.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EasMeters.class));
	}

	@Test
	void noBeansIfEasIsDisabled() {
		Applications.withServices("mnist")
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("eas.enabled=false")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(EasListeners.class).doesNotHaveBean(EasMeters.class);
				assertThat(context.getBean(MeterRegistry.class).getMeters()).isEmpty();
			});
	}

	@Test
	void applicationMayDefineItsOwnListeners() {
		AtomicInteger services = new AtomicInteger();
		Applications.withServices("mnist", "llm").withBean(ServiceListeners.Factory.class, () -> (alias) -> {
			services.incrementAndGet();
			return ServiceListeners.NONE;
		}).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(EasListeners.class);
			assertThat(services).hasValue(2);
		});
	}

	@Test
	void callsWorkWithoutMicrometer() {
		call((application) -> application.withClassLoader(new FilteredClassLoader("io.micrometer")),
				(context) -> assertThat(context).doesNotHaveBean(EasListeners.class));
	}

	@Test
	void observationsWorkWithoutMicrometerCore() {
		AtomicInteger observed = new AtomicInteger();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

			@Override
			public void onStop(Observation.Context context) {
				observed.incrementAndGet();
			}

		});
		call((application) -> application.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.withBean(ObservationRegistry.class, () -> registry), (context) -> {
				assertThat(context).doesNotHaveBean(EasMeters.class);
				assertThat(observed).hasValue(1);
			});
	}

	/** Makes a call, then looks. */
	private static void call(UnaryOperator<ApplicationContextRunner> application,
			ContextConsumer<AssertableApplicationContext> look) {
		try (EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 1)) {
			application.apply(LocalEas.application(eas)).run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(EasClient.class).predict("x", String.class).block(PATIENCE)).isEqualTo("ok");
				look.accept(context);
			});
		}
	}

}
