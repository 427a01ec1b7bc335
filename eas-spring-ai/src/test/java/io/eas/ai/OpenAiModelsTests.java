package io.eas.ai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.RateLimitException;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.InstanceBuilder;
import io.eas.metrics.EasClientObservationContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.test.StepVerifier;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Spring AI's own clients and models, unchanged, on language models of the local EAS.
 */
@Tag("application")
class OpenAiModelsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int MANY = 200;

	private static EasEmulator eas;

	private static ConfigurableApplicationContext application;

	private final EmulatedInstance instance = eas.service("qwen_chat").instance(0);

	private final ChatClient chat = application.getBean(ChatClient.Builder.class).build();

	private final MeterRegistry meters = application.getBean(MeterRegistry.class);

	@BeforeAll
	static void start() {
		eas = EasEmulator.builder()
			.admin(false)
			.service("qwen_chat", (service) -> service.token("abc").instance(OpenAiModelsTests::fast))
			.service("qwen_shared",
					(service) -> service.token("def")
						.instance(OpenAiModelsTests::fast)
						.instance(OpenAiModelsTests::fast)
						.instance(OpenAiModelsTests::fast))
			.build()
			.start();
		application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--eas.endpoint=" + eas.endpoint(), "--eas.discovery.allowed-networks=127.0.0.0/8",
					"--eas.auth.scheme=bearer", "--eas.http.max-connections-per-instance=500",
					"--eas.http.response-timeout=60s", "--eas.http.request-timeout=120s",
					"--eas.services.llm.service-name=qwen_chat", "--eas.services.llm.token=abc",
					"--eas.services.llm.retry.idempotent=false", "--eas.services.shared.service-name=qwen_shared",
					"--eas.services.shared.token=def", "--spring.ai.openai.base-url=http://llm/v1",
					"--spring.ai.openai.chat.model=qwen", "--spring.ai.openai.embedding.model=qwen");
	}

	private static void fast(InstanceBuilder instance) {
		instance.llm("qwen",
				(engine) -> engine.prefillRate(1e6)
					.step(Duration.ofMillis(1), Duration.ZERO)
					.maxRunning(500)
					.maxQueue(500));
	}

	@AfterAll
	static void stop() {
		application.close();
		eas.close();
	}

	@AfterEach
	void heal() {
		this.instance.heal();
		await().atMost(PATIENCE).until(() -> this.instance.inFlight() == 0);
	}

	private Flux<String> stream(String question, int tokens) {
		return this.chat.prompt(question)
			.options(OpenAiChatOptions.builder().model("qwen").maxTokens(tokens))
			.stream()
			.content();
	}

	private double active() {
		return this.meters.get("eas.client.attempts.active").tag("eas.service", "llm").gauge().value();
	}

	/** Returns the number of calls that have ended. */
	private long calls(String... tags) {
		return this.meters.find("eas.client.requests")
			.tag("eas.service", "llm")
			.tags(tags)
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	private long cancelled() {
		return calls("outcome", "CANCELLED");
	}

	@Test
	void chatIsAnsweredAndStreamed() {
		String answer = this.chat.prompt("你好").call().content();
		assertThat(answer).isNotBlank();
		assertThat(String.join("", this.chat.prompt("你好").stream().content().collectList().block(PATIENCE)))
			.isEqualTo(answer);
	}

	@Test
	void textsAreEmbedded() {
		assertThat(application.getBean(EmbeddingModel.class).embed(List.of("one", "two"))).hasSize(2)
			.allSatisfy((vector) -> assertThat(vector).hasSize(64));
	}

	@Test
	void streamsWhoseInstanceDiesBeforeTheirFirstEventAreAnsweredByAnother() {
		ChatClient shared = ChatClient.create(application.getBean("shared", ChatModel.class));
		EmulatedInstance dying = eas.service("qwen_shared").instance(0);
		dying.stall(0);
		AtomicInteger answered = new AtomicInteger();
		Disposable streams = Flux.range(0, MANY)
			.flatMap((n) -> shared.prompt("question " + n)
				.stream()
				.content()
				.then()
				.doOnSuccess((done) -> answered.incrementAndGet()), MANY)
			.subscribe();
		await().atMost(PATIENCE).until(() -> dying.inFlight() > 10);
		dying.kill();
		await().atMost(PATIENCE).until(streams::isDisposed);
		assertThat(answered).hasValue(MANY);
	}

	@Test
	void chatIsRetriedIfItsAnswerBreaksOff() {
		ChatClient shared = ChatClient.create(application.getBean("shared", ChatModel.class));
		EmulatedInstance broken = eas.service("qwen_shared").instance(1);
		long before = broken.requests();
		broken.half();
		for (int n = 0; n < 30; n++) {
			assertThat(shared.prompt("question " + n).call().content()).isNotBlank();
		}
		assertThat(broken.requests()).isGreaterThan(before);
		broken.heal();
	}

	@Test
	void streamThatBreaksOffSaysHowMuchHasCome() {
		this.instance.abort(5);
		List<String> parts = new ArrayList<>();
		StepVerifier.create(stream("你好", 20).doOnNext(parts::add))
			.thenConsumeWhile((part) -> true)
			.expectErrorSatisfies((ex) -> assertThat(ex).hasStackTraceContaining("; received before: 5 events, "))
			.verify(PATIENCE);
		assertThat(parts).hasSizeBetween(3, 5);
	}

	@Test
	void cancelledStreamFreesTheInstanceBeforeItsFirstEvent() {
		this.instance.stall(0);
		long before = cancelled();
		Disposable stream = stream("你好", 20).subscribe();
		await().atMost(PATIENCE).until(() -> this.instance.inFlight() == 1);
		stream.dispose();
		await().atMost(PATIENCE).until(() -> this.instance.inFlight() == 0 && active() == 0);
		await().atMost(PATIENCE).until(() -> cancelled() == before + 1);
	}

	@Test
	void cancelledStreamFreesTheInstanceInMidStream() {
		this.instance.stall(4);
		long before = cancelled();
		stream("你好", 20).take(2).blockLast(PATIENCE);
		await().atMost(PATIENCE).until(() -> this.instance.inFlight() == 0 && active() == 0);
		await().atMost(PATIENCE).until(() -> cancelled() == before + 1);
	}

	@Test
	void errorsOfTheServiceAreThoseOfTheLibraryAndComeOnce() {
		long before = this.instance.requests();
		this.instance.status(429);
		assertThatExceptionOfType(RateLimitException.class).isThrownBy(() -> this.chat.prompt("你好").call().content());
		this.instance.status(500);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> stream("你好", 5).blockLast(PATIENCE))
			.havingCause()
			.isInstanceOf(InternalServerException.class);
		assertThat(this.instance.requests()).isEqualTo(before + 2);
	}

	@Test
	void failuresOfTheClientAreNotRetriedByTheLibrary() {
		this.instance.refuse();
		long before = calls();
		assertThatExceptionOfType(OpenAIIoException.class).isThrownBy(() -> this.chat.prompt("你好").call().content())
			.withStackTraceContaining("Caused by: io.eas.client.EasConnectException: llm");
		assertThat(calls()).isEqualTo(before + 1);
	}

	@Test
	void eventsAreMeasured() {
		String[] tags = { "eas.service", "llm", "gen_ai.operation.name", "chat", "gen_ai.system", "openai",
				"gen_ai.request.model", "qwen" };
		stream("a question", 10).blockLast(PATIENCE);
		long first = this.meters.get(StreamMeters.FIRST).tags(tags).timer().count();
		long further = this.meters.get(StreamMeters.FURTHER).tags(tags).timer().count();
		stream("a question", 10).blockLast(PATIENCE);
		assertThat(this.meters.get(StreamMeters.FIRST).tags(tags).timer().count()).isEqualTo(first + 1);
		// the role, ten tokens, the end and the usage, less the first
		assertThat(this.meters.get(StreamMeters.FURTHER).tags(tags).timer().count()).isBetween(further + 10,
				further + 13);
	}

	@Test
	void callOfTheAliasIsAPartOfTheTraceOfTheChat() {
		this.chat.prompt("你好").call().content();
		assertThat(Parents.last).isInstanceOf(ChatModelObservationContext.class);
	}

	@Test
	void streamBeginsATraceSinceTheLibraryChangesThreads() {
		Hooks.enableAutomaticContextPropagation();
		try {
			stream("你好", 3).blockLast(PATIENCE);
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
		assertThat(Parents.last).isNull();
	}

	@Test
	void everyMeterIsInTheReference() throws IOException {
		this.chat.prompt("你好").call().content();
		stream("你好", 3).blockLast(PATIENCE);
		application.getBean(EmbeddingModel.class).embed("one");
		Set<String> real = this.meters.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName())
			.filter((name) -> name.startsWith("gen_ai.") && !name.endsWith(".active"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(Pattern.compile("^\\| `(gen_ai\\.[a-z_.]+)` \\|", Pattern.MULTILINE)
			.matcher(Files.readString(Path.of("..", "docs", "reference", "meters.md")))
			.results()
			.map((row) -> row.group(1))).containsExactlyInAnyOrderElementsOf(real);
	}

	@Test
	void moreStreamsRunAtOnceThanOkHttpStartsByItself() {
		assertThat(Flux.fromStream(IntStream.range(0, MANY).boxed())
			.flatMap((n) -> stream("question " + n, 30).count(), MANY)
			.collectList()
			.block(PATIENCE)).hasSize(MANY).allMatch((count) -> count > 10);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean(defaultCandidate = false)
		OpenAiChatModel shared(OpenAiHttpClientBuilderCustomizer eas) {
			return OpenAiChatModel.builder()
				.options(OpenAiChatOptions.builder()
					.baseUrl("http://shared/v1")
					.apiKey("")
					.maxRetries(0)
					.model("qwen")
					.maxTokens(3)
					.build())
				.httpClientBuilderCustomizer(eas)
				.build();
		}

		@Bean
		Parents parents() {
			return new Parents();
		}

	}

	/**
	 * Keeps what the last call of an alias is a part of.
	 */
	static class Parents implements ObservationHandler<EasClientObservationContext> {

		private static volatile Observation.ContextView last;

		@Override
		public void onStart(EasClientObservationContext context) {
			ObservationView parent = context.getParentObservation();
			last = (parent != null) ? parent.getContextView() : null;
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof EasClientObservationContext;
		}

	}

}
