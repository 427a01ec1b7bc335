package io.eas.client.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.eas.autoconfigure.EasClientCustomizer;
import io.eas.client.EasClient;
import io.eas.client.EasCodecException;
import io.eas.client.EasException;
import io.eas.client.EasNoInstanceException;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * A call ends at once, and for everybody, whatever an instance answers and whatever the
 * code throws that reads it, writes it, picks for it or subscribes to it. Nothing here
 * has a time limit that would help.
 */
class ForeignCodeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String JSON = answer("200 OK", "application/json", "{\"text\":\"a\"}");

	private static final String LINES = answer("200 OK", "application/x-ndjson", "{\"text\":\"a\"}\n");

	private static final ParameterizedTypeReference<List<Token>> TOKENS = new ParameterizedTypeReference<>() {
	};

	/** What the constructor of a {@link Token} does. */
	private static volatile Thrown thrown = Thrown.EXCEPTION;

	private static String answer(String status, String contentType, String body) {
		return "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + body.length()
				+ "\r\n\r\n" + body;
	}

	@ParameterizedTest
	@CsvSource({ "1001,true", "1001,false", "099,true", "099,false", "1200,true" })
	void invalidStatusFailsEachKindOfCallAndIsCounted(String status, boolean observed) {
		ApplicationContextRunner application = LocalEas.application()
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));
		run(answer(status + " X", "application/json", "{}"),
				observed ? application.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
						: application,
				(context) -> {
					for (Mono<?> call : calls(context.getBean(EasClient.class), String.class)) {
						assertThat(catchThrowable(() -> call.block(PATIENCE))).isInstanceOf(EasException.class)
							.hasMessageContaining(String.valueOf(Integer.parseInt(status)));
					}
					assertThat(context.getBean(MeterRegistry.class)
						.get("eas.client.requests")
						.tags("outcome", "FAILED", "status", "none", "error", "EasCodecException")
						.timer()
						.count()).isEqualTo(4);
					assertNothingIsLeft(context);
				});
	}

	@ParameterizedTest
	@EnumSource
	void exceptionOfAConstructorIsTheCauseOfTheFailure(Thrown what) {
		thrown = what;
		for (String answer : List.of(JSON, LINES)) {
			run(answer, LocalEas.application(), (context) -> {
				for (Mono<?> call : calls(context.getBean(EasClient.class), Token.class)) {
					assertThat(catchThrowable(() -> call.block(PATIENCE))).isInstanceOf(EasCodecException.class)
						.hasMessageContaining("can't be read: ")
						.hasStackTraceContaining(what.name());
				}
				assertNothingIsLeft(context);
			});
		}
	}

	@Test
	void exceptionOfANestedConstructorIsTheCauseToo() {
		thrown = Thrown.LINKAGE;
		run(answer("200 OK", "application/json", "[{\"text\":\"a\"}]"), LocalEas.application(), (context) -> {
			assertThat(catchThrowable(() -> context.getBean(EasClient.class).post("").retrieve(TOKENS).block(PATIENCE)))
				.isInstanceOf(EasCodecException.class)
				.hasStackTraceContaining("LINKAGE");
			assertNothingIsLeft(context);
		});
	}

	@Test
	void classThatCannotBeInitializedFailsOnlyCallsThatUseIt() {
		run(JSON, LocalEas.application(), (context) -> {
			EasClient client = context.getBean(EasClient.class);
			for (Mono<?> call : calls(client, Uninitialized.class)) {
				assertThat(catchThrowable(() -> call.block(PATIENCE))).isInstanceOf(EasCodecException.class)
					.hasStackTraceContaining("no configuration");
			}
			assertThat(client.post("").retrieve(String.class).block(PATIENCE)).isEqualTo("{\"text\":\"a\"}");
			assertNothingIsLeft(context);
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "LINKAGE", "STACK", "MEMORY" })
	void onlyOutOfMemoryErrorsReachTheUncaughtExceptionHandler(Thrown what) {
		thrown = what;
		Queue<Throwable> heard = new ConcurrentLinkedQueue<>();
		Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
		Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> heard.add(failure));
		try {
			run(JSON, LocalEas.application(), (context) -> {
				assertThat(catchThrowable(
						() -> context.getBean(EasClient.class).post("").retrieve(Token.class).block(PATIENCE)))
					.isInstanceOf(EasCodecException.class);
				if (what == Thrown.MEMORY) {
					await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> !heard.isEmpty());
				}
			});
		}
		finally {
			Thread.setDefaultUncaughtExceptionHandler(before);
		}
		assertThat(heard).hasSize((what == Thrown.MEMORY) ? 1 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void bodyThatCannotBeWrittenFailsTheCall(Thrown what) {
		run(JSON, LocalEas.application(), (context) -> {
			for (Mono<?> call : List.of(context.getBean(EasClient.class).predict(new Writer(what), String.class),
					context.getBean(EasClient.class)
						.post("")
						.contentType(MediaType.APPLICATION_JSON)
						.body(new Writer(what))
						.exchange())) {
				assertThat(catchThrowable(() -> call.block(PATIENCE))).isInstanceOf(EasCodecException.class)
					.hasMessageContaining("the body can't be written")
					.hasStackTraceContaining(what.name());
			}
			assertNothingIsLeft(context);
		});
	}

	@Test
	void callbackOfTheHttpClientThatThrowsIsNoFailureOfTheConnection() {
		EasClientCustomizer customizer = (alias, client) -> client.doOnRequest((request, connection) -> {
			throw new IllegalStateException("callback");
		});
		run(JSON, LocalEas.application().withBean(EasClientCustomizer.class, () -> customizer), (context) -> {
			Mono<Token> call = context.getBean(EasClient.class).post("").retrieve(Token.class);
			assertThat(catchThrowable(() -> call.block(PATIENCE))).isInstanceOf(EasCodecException.class)
				.hasMessageContaining("attempt 1 of ")
				.hasMessageContaining("the request can't be sent: callback");
			assertNothingIsLeft(context);
		});
	}

	@ParameterizedTest
	@EnumSource
	void algorithmThatThrowsFailsTheCall(Thrown what) {
		InstancePicker.Factory algorithm = (candidates) -> (tried, hashKey) -> {
			what.toss();
			return candidates.states().get(0);
		};
		assertThat(failureWith(algorithm)).hasMessageContaining("no instance can be picked")
			.hasStackTraceContaining(what.name());
		assertThat(failureWith((candidates) -> {
			what.toss();
			return (tried, hashKey) -> candidates.states().get(0);
		})).hasStackTraceContaining(what.name());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void algorithmThatSelectsNoInstanceFailsTheCall(boolean first) {
		assertThat(failureWith((candidates) -> (tried, hashKey) -> {
			InstanceState picked = candidates.states().get(0);
			return (first || tried.contains(picked.instance())) ? null : picked;
		})).hasMessageContaining("it picks nothing");
	}

	/** Each instance refuses, so that there are further attempts. */
	private static Throwable failureWith(InstancePicker.Factory algorithm) {
		List<Throwable> failures = new ArrayList<>();
		application(LocalEas.application(), "127.0.0.1:1").withBean(InstancePicker.Factory.class, () -> algorithm)
			.run((context) -> {
				failures.add(catchThrowable(
						() -> context.getBean(EasClient.class).post("").retrieve(String.class).block(PATIENCE)));
				assertNothingIsLeft(context);
			});
		assertThat(failures).singleElement().isInstanceOf(EasNoInstanceException.class);
		return failures.get(0);
	}

	@ParameterizedTest
	@EnumSource
	void subscriberThatThrowsIsNotifiedAndLeaksNothing(Thrown what) {
		for (String answer : List.of(JSON, LINES)) {
			run(answer, LocalEas.application(), (context) -> {
				EasClient client = context.getBean(EasClient.class);
				for (Mono<?> call : List.of(client.post("").retrieve(String.class), client.post("").exchange())) {
					assertThat(catchThrowable(() -> call.doOnNext((value) -> what.toss()).block(PATIENCE)))
						.hasStackTraceContaining(what.name());
					assertThat(catchThrowable(() -> call.doOnSuccess((value) -> what.toss()).block(PATIENCE)))
						.hasStackTraceContaining(what.name());
				}
				Flux<String> stream = client.post("").retrieveFlux(String.class);
				assertThat(catchThrowable(() -> stream.doOnNext((value) -> what.toss()).blockLast(PATIENCE)))
					.hasStackTraceContaining(what.name());
				assertThat(
						catchThrowable(() -> stream.doOnSubscribe((subscription) -> what.toss()).blockLast(PATIENCE)))
					.hasStackTraceContaining(what.name());
				assertNothingIsLeft(context);
			});
		}
	}

	/** One of each kind. */
	private static List<Mono<?>> calls(EasClient client, Class<?> type) {
		return List.of(client.post("").retrieve(type), client.post("").toEntity(type),
				(type == String.class) ? client.post("").exchange() : client.predict("{}", type),
				client.post("").retrieveFlux(type).collectList());
	}

	/** The one connection there may be serves another call; nothing is in flight. */
	private static void assertNothingIsLeft(ApplicationContext context) {
		EasService service = context.getBean(EasServices.class).service("silent");
		await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> service.selector().inFlight() == 0);
		Throwable next = catchThrowable(() -> service.client().post("").exchange().block(PATIENCE));
		assertThat(String.valueOf(next)).doesNotContain("PoolAcquire", "Timeout");
		await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> service.selector().inFlight() == 0);
	}

	private static void run(String answer, ApplicationContextRunner application, Consumer<ApplicationContext> test) {
		try (SilentServer server = new SilentServer(answer)) {
			application(application, server.address()).run(test::accept);
		}
	}

	/** An application with one instance, and no limits. */
	private static ApplicationContextRunner application(ApplicationContextRunner application, String instance) {
		return application.withPropertyValues("eas.services.silent.mode=static", "eas.services.silent.auth.scheme=none",
				"eas.services.silent.instances=" + instance, "eas.http.response-timeout=1h",
				"eas.http.max-connections-per-instance=1", "eas.ejection.enabled=false",
				"eas.http.pending-acquire-timeout=10s");
	}

	/** What an application reads an answer into. */
	record Token(String text) {

		Token {
			thrown.toss();
		}

	}

	/** Its class can't be used. */
	record Uninitialized(String text) {

		private static final long STARTED = started();

		private static long started() {
			if (TimeUnit.DAYS.toMillis(1) > 0) {
				throw new IllegalStateException("no configuration");
			}
			return System.nanoTime();
		}

		long age() {
			return System.nanoTime() - STARTED;
		}

	}

	/** Can't be written. */
	record Writer(Thrown what) {

		public String getText() {
			this.what.toss();
			return "";
		}

	}

}
