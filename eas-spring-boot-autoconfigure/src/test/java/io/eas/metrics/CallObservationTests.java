package io.eas.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.eas.client.EasClient;
import io.eas.client.EasCodecException;
import io.eas.client.EasConnectException;
import io.eas.client.EasException;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedRequest;
import io.eas.emulator.EmulatedResponse;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.transport.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a tracer sees of calls, over real sockets.
 */
@ExtendWith(OutputCaptureExtension.class)
class CallObservationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final Observed observed = new Observed();

	private EasEmulator eas;

	@BeforeEach
	void start() {
		this.registry.observationConfig().observationHandler(this.observed);
		this.eas = LocalEas.start(CallObservationTests::answer, 1, 1);
	}

	@AfterEach
	void stop() {
		this.eas.close();
	}

	/** What a model would see of a trace. */
	private static Mono<EmulatedResponse> answer(EmulatedRequest request) {
		return Mono.just(EmulatedResponse.text(200, request.headers("traceparent").toString()));
	}

	@Test
	void callIsOneObservationWhateverItsNumberOfAttempts() {
		withClient((client) -> {
			instance(0).status(503);
			instance(1).status(503);
			assertThat(client.post("").exchange().block(PATIENCE).status().value()).isEqualTo(503);
			assertThat(this.observed.result().outcome()).isEqualTo(EasCallOutcome.SERVER_ERROR);
			assertThat(this.observed.result().attempts()).isEqualTo(3);
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasNumberOfObservationsEqualTo(1)
				.hasSingleObservationThat()
				.hasNameEqualTo("eas.client.requests")
				.hasContextualNameEqualTo("eas echo")
				.hasBeenStarted()
				.hasBeenStopped()
				.hasLowCardinalityKeyValue("eas.service", "echo")
				.hasLowCardinalityKeyValue("method", "POST")
				.hasLowCardinalityKeyValue("status", "503")
				.hasLowCardinalityKeyValue("outcome", "SERVER_ERROR")
				.hasLowCardinalityKeyValue("attempts", "3")
				.doesNotHaveHighCardinalityKeyValueWithKey("eas.instance")
				.doesNotHaveError();
		});
	}

	@Test
	void eachAttemptSendsTraceHeaders() {
		withClient((client) -> {
			instance(0).status(503);
			assertThat(client.get("").retrieve(String.class).block(PATIENCE)).isEqualTo("[" + Observed.TRACE + "]");
			assertThat(client.get("").retrieve(String.class).block(PATIENCE)).isEqualTo("[" + Observed.TRACE + "]");
			assertThat(this.observed.stopped).extracting((context) -> context.getResult().attempts())
				.containsExactlyInAnyOrder(1, 2);
			assertThat(this.observed.stopped.get(0).getKind()).isEqualTo(Kind.CLIENT);
			assertThat(this.observed.stopped.get(0).getRemoteServiceName()).isEqualTo("echo");
		});
	}

	@Test
	void headerSetByTheCallIsNotReplacedByTheTracer() {
		withClient((client) -> assertThat(
				client.get("").header("traceparent", "mine").retrieve(String.class).block(PATIENCE))
			.isEqualTo("[mine]"));
	}

	@Test
	void parentIsObservationInSubscriberContext() {
		withClient((client) -> {
			Observation parent = Observation.start("parent", this.registry);
			Observation current = Observation.start("current", this.registry);
			current.scoped(() -> client.get("")
				.retrieve(String.class)
				.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent))
				.block(PATIENCE));
			assertThat(this.observed.stopped.get(0).getParentObservation()).isSameAs(parent);
		});
	}

	@Test
	void parentIsObservationOfThreadIfSubscriberContextHasNone() {
		withClient((client) -> {
			Observation current = Observation.start("current", this.registry);
			current.scoped(() -> client.get("").retrieve(String.class).block(PATIENCE));
			client.get("").retrieve(String.class).block(PATIENCE);
			assertThat(this.observed.stopped.get(0).getParentObservation()).isSameAs(current);
			assertThat(this.observed.stopped.get(1).getParentObservation()).isNull();
		});
	}

	@Test
	void observationOfErrorStatusEndsOnceWithTheError() {
		withClient((client) -> {
			instances((instance) -> instance.status(404));
			EasStatusException failure = failure(client.get("").retrieve(String.class), EasStatusException.class);
			assertThat(this.observed.result())
				.isEqualTo(new EasCallResult(EasCallOutcome.CLIENT_ERROR, 404, 1, failure.instance()));
			assertThat(this.observed.errors).singleElement().isSameAs(failure);
		});
	}

	@Test
	void observationOfCallThatReachesNoInstanceEndsWithTheError() {
		withClient((client) -> {
			instances(EmulatedInstance::refuse);
			EasException failure = failure(client.get("").retrieve(String.class), EasException.class);
			assertThat(this.observed.result())
				.isEqualTo(new EasCallResult(EasCallOutcome.FAILED, 0, 3, failure.instance()));
			assertThat(this.observed.errors).hasSize(1);
		});
	}

	@Test
	void observationOfTimedOutCallEndsWithTheError() {
		withClient((client) -> {
			instances((instance) -> instance.late(Duration.ofSeconds(20)));
			failure(client.get("").timeout(Duration.ofMillis(200)).retrieve(String.class), EasTimeoutException.class);
			assertThat(this.observed.result().outcome()).isEqualTo(EasCallOutcome.FAILED);
			assertThat(this.observed.result().attempts()).isEqualTo(1);
			assertThat(this.observed.errors).singleElement().isInstanceOf(EasTimeoutException.class);
		});
	}

	@Test
	void observationOfCancelledCallEndsWithoutError() {
		withClient((client) -> {
			instances((instance) -> instance.late(Duration.ofSeconds(20)));
			Disposable call = client.get("").retrieve(String.class).subscribe();
			await().atMost(PATIENCE)
				.until(() -> instance(0).requests() + instance(1).requests(), (requests) -> requests == 1);
			assertThat(this.observed.stopped).isEmpty();
			call.dispose();
			call.dispose();
			assertThat(this.observed.result()).isEqualTo(new EasCallResult(EasCallOutcome.CANCELLED, 0, 1, null));
			assertThat(this.observed.errors).isEmpty();
		});
	}

	@Test
	void observationOfCallWithUnwritableBodyEndsWithTheError() {
		withClient((client) -> {
			failure(client.post("").contentType(MediaType.IMAGE_PNG).body(new Image(1)).retrieve(String.class),
					EasCodecException.class);
			assertThat(this.observed.result()).isEqualTo(new EasCallResult(EasCallOutcome.FAILED, 0, 0, null));
			assertThat(this.observed.errors).singleElement().isInstanceOf(EasCodecException.class);
		});
	}

	@Test
	void observationOfUnreadableResponseEndsWithTheError() {
		withClient((client) -> {
			failure(client.get("").retrieve(Image.class), EasCodecException.class);
			assertThat(this.observed.result().outcome()).isEqualTo(EasCallOutcome.FAILED);
			assertThat(this.observed.errors).hasSize(1);
		});
	}

	@Test
	void instanceAddressIsOnlyAddedIfConfigured() {
		application("eas.observation.instance-address=true").run((context) -> {
			String address = context.getBean(EasClient.class)
				.get("")
				.toEntity(String.class)
				.block(PATIENCE)
				.instance()
				.address();
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasSingleObservationThat()
				.hasHighCardinalityKeyValue("eas.instance", address);
		});
	}

	@Test
	void requestIdIsAKeyOfTraces() {
		withClient((client) -> {
			client.get("").requestId("r-1").retrieve(String.class).block(PATIENCE);
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasSingleObservationThat()
				.hasHighCardinalityKeyValue("eas.request.id", "r-1");
		});
	}

	@Test
	void applicationMayDefineItsOwnConvention() {
		application().withBean(EasClientObservationConvention.class, Own::new).run((context) -> {
			context.getBean(EasClient.class).get("").retrieve(String.class).block(PATIENCE);
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasSingleObservationThat()
				.hasNameEqualTo("model.calls")
				.hasLowCardinalityKeyValue("region", "cn-hangzhou")
				.hasLowCardinalityKeyValue("outcome", "SUCCESS");
		});
	}

	@Test
	void failingHandlerDoesNotFailTheCall(CapturedOutput output) {
		this.registry.observationConfig().observationHandler(new BrokenAt("stop"));
		withClient((client) -> {
			for (int call = 0; call < 3; call++) {
				assertThat(client.get("").retrieve(String.class).block(PATIENCE)).isNotEmpty();
			}
		});
		assertThat(output.toString().lines().filter((line) -> line.contains("a call could not be observed")))
			.hasSize(1);
	}

	@Test
	void nonAsciiHeaderOfATracerIsOmittedAndLoggedOnce(CapturedOutput output) {
		this.registry.observationConfig().observationHandler(new Tagging());
		withClient((client) -> {
			for (int call = 0; call < 3; call++) {
				assertThat(client.get("").retrieve(String.class).block(PATIENCE)).isNotEmpty();
			}
		});
		assertThat(output.toString().lines().filter((line) -> line.contains("The header 'X-Tenant' is omitted")))
			.hasSize(1)
			.allMatch((line) -> line.contains("U+5F20"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "start", "error" })
	void otherHandlersAreNotifiedOfTheEndIfOneFails(String where) {
		AtomicInteger ends = new AtomicInteger();
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new Counting(ends));
		observations.observationConfig().observationHandler(new BrokenAt(where));
		instances(EmulatedInstance::refuse);
		LocalEas.application(this.eas)
			.withBean(ObservationRegistry.class, () -> observations)
			.run((context) -> failure(context.getBean(EasClient.class).get("").retrieve(String.class),
					EasConnectException.class));
		assertThat(ends).hasValue(1);
	}

	private static <E extends EasException> E failure(Mono<?> call, Class<E> type) {
		return assertThatExceptionOfType(type).isThrownBy(() -> call.block(PATIENCE)).actual();
	}

	private EmulatedInstance instance(int index) {
		return this.eas.service("echo").instance(index);
	}

	private void instances(Consumer<EmulatedInstance> action) {
		this.eas.service("echo").instances().forEach(action);
	}

	private void withClient(Consumer<EasClient> test) {
		application("eas.ejection.enabled=false").run((context) -> test.accept(context.getBean(EasClient.class)));
	}

	private ApplicationContextRunner application(String... properties) {
		return LocalEas.application(this.eas, properties).withBean(ObservationRegistry.class, () -> this.registry);
	}

	record Image(int pixel) {
	}

	/** The application's own. */
	private static final class Own extends DefaultEasClientObservationConvention {

		@Override
		public String getName() {
			return "model.calls";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(EasClientObservationContext context) {
			return super.getLowCardinalityKeyValues(context).and("region", "cn-hangzhou");
		}

	}

	/** Counts ends. */
	private record Counting(AtomicInteger ends) implements ObservationHandler<EasClientObservationContext> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof EasClientObservationContext;
		}

		@Override
		public void onStop(EasClientObservationContext context) {
			this.ends.incrementAndGet();
		}

	}

	/** Adds a header that can't be sent as it is. */
	private static final class Tagging implements ObservationHandler<EasClientObservationContext> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof EasClientObservationContext;
		}

		@Override
		public void onStart(EasClientObservationContext context) {
			context.getSetter().set(context.getCarrier(), "X-Tenant", "张");
		}

	}

	/** Fails at one place of each call. */
	private record BrokenAt(String where) implements ObservationHandler<EasClientObservationContext> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof EasClientObservationContext;
		}

		@Override
		public void onStart(EasClientObservationContext context) {
			failAt("start");
		}

		@Override
		public void onError(EasClientObservationContext context) {
			failAt("error");
		}

		@Override
		public void onStop(EasClientObservationContext context) {
			failAt("stop");
		}

		private void failAt(String place) {
			if (place.equals(this.where)) {
				throw new IllegalStateException("a bug");
			}
		}

	}

}
