package io.eas.client.call;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.eas.client.EasClient;
import io.eas.emulator.EasEmulator;
import io.eas.instance.EasInstance;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Prompts over sockets, to language models of the local EAS.
 */
class PrefixAwareCallsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String CHAT = "/v1/chat/completions";

	private static final String TEXT = "some text ".repeat(1000);

	private EasEmulator eas = start(1e6);

	private static EasEmulator start(double prefillRate) {
		return EasEmulator.builder().admin(false).service("echo", (service) -> {
			service.token(LocalEas.TOKEN);
			for (int n = 0; n < 3; n++) {
				service.instance((instance) -> instance.llm("qwen",
						(engine) -> engine.prefillRate(prefillRate).step(Duration.ofMillis(1), Duration.ZERO)));
			}
		}).build().start();
	}

	@AfterEach
	void close() {
		this.eas.close();
	}

	private void withClient(Consumer<EasClient> test, String... properties) {
		LocalEas.application(this.eas, properties)
			.withPropertyValues("eas.load-balancer.algorithm=prefix-aware")
			.run((context) -> test.accept(context.getBean(EasClient.class)));
	}

	private static Map<String, Object> question(String text) {
		return Map.of("model", "qwen", "max_tokens", 2, "messages", List.of(Map.of("role", "user", "content", text)));
	}

	private static EasInstance ask(EasClient client, String text) {
		return client.post(CHAT).body(question(text)).toEntity(String.class).block(PATIENCE).instance();
	}

	@Test
	void conversationStaysWithItsInstance() {
		withClient((client) -> {
			Set<EasInstance> used = new HashSet<>();
			for (int number = 0; number < 10; number++) {
				EasInstance first = ask(client, number + TEXT);
				assertThat(ask(client, number + TEXT + "and then?")).isEqualTo(first);
				used.add(first);
			}
			assertThat(used).hasSizeGreaterThan(1);
		});
	}

	@Test
	void traceWithTheInstanceSaysWhyItWasPicked() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		LocalEas.application(this.eas, "eas.load-balancer.algorithm=prefix-aware")
			.withBean(ObservationRegistry.class, () -> registry)
			.withPropertyValues("eas.observation.instance-address=true")
			.run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				ask(client, TEXT);
				TestObservationRegistryAssert.assertThat(registry)
					.hasSingleObservationThat()
					// the text has 2500 tokens, and its place in the body a few
					.hasHighCardinalityKeyValue("eas.pick.reason",
							"0 of about 2507 tokens cached; tokens that wait before it: 0 of this client");
				registry.clear();
				client.post(CHAT).hashKey("session 7").body(question(TEXT)).retrieve(String.class).block(PATIENCE);
				TestObservationRegistryAssert.assertThat(registry)
					.hasSingleObservationThat()
					.hasHighCardinalityKeyValueWithKey("eas.instance")
					.doesNotHaveHighCardinalityKeyValueWithKey("eas.pick.reason");
			});
	}

	@Test
	void callsWithoutAPromptAreAnsweredToo() {
		withClient((client) -> assertThat(client.get("/v1/models").retrieve(String.class).block(PATIENCE))
			.contains("qwen"));
	}

	@Test
	void streamsAreAnsweredAndMayBeLeft() {
		withClient((client) -> {
			Map<String, Object> streamed = Map.of("model", "qwen", "max_tokens", 50, "stream", true, "prompt", TEXT);
			for (int n = 0; n < 3; n++) {
				assertThat(client.post("/v1/completions")
					.body(streamed)
					.accept(MediaType.TEXT_EVENT_STREAM)
					.retrieveFlux(String.class)
					.take(n + 1)
					.collectList()
					.block(PATIENCE)).hasSize(n + 1);
			}
		});
	}

	@Test
	void instanceWhoseEngineReportsPromptsOfOthersIsLeftAlone() {
		this.eas.close();
		this.eas = start(100);
		withClient((client) -> {
			EasInstance home = ask(client, "hello");
			// for longer than this test may take
			Disposable others = Flux.range(0, 3).flatMap((n) -> longPrompt(home)).subscribe((answer) -> {
			}, (ex) -> {
			});
			try {
				await().atMost(PATIENCE)
					.ignoreExceptions()
					.untilAsserted(() -> assertThat(ask(client, "hello")).isNotEqualTo(home));
			}
			finally {
				others.dispose();
			}
		}, "eas.load-balancer.signals=metrics", "eas.load-balancer.signals-period=100ms", "eas.retry.max-attempts=1");
	}

	@Test
	void answerThatTellsOfPromptsOfOthersKeepsFurtherPromptsAway() {
		this.eas.close();
		this.eas = start(20_000);
		withClient((client) -> {
			EasInstance busy = ask(client, "hello");
			AtomicInteger sent = new AtomicInteger();
			Disposable others = Flux.range(0, 6)
				.flatMap((n) -> Mono.defer(() -> longPrompt(busy, sent.incrementAndGet() + " " + TEXT)).repeat())
				.subscribe((answer) -> {
				}, (ex) -> {
				});
			try {
				AtomicInteger number = new AtomicInteger();
				await().atMost(PATIENCE).until(() -> ask(client, number.incrementAndGet() + TEXT).equals(busy));
				for (int n = 0; n < 5; n++) {
					assertThat(ask(client, number.incrementAndGet() + TEXT)).isNotEqualTo(busy);
				}
			}
			finally {
				others.dispose();
			}
		}, "eas.load-balancer.signals=header");
	}

	private static Mono<HttpClientResponse> longPrompt(EasInstance instance) {
		return longPrompt(instance, TEXT);
	}

	private static Mono<HttpClientResponse> longPrompt(EasInstance instance, String text) {
		String body = "{\"model\": \"qwen\", \"prompt\": \"" + text + "\"}";
		return HttpClient.newConnection()
			.headers((headers) -> headers.set("Authorization", LocalEas.TOKEN).set("Content-Type", "application/json"))
			.post()
			.uri("http://" + instance.address() + "/api/predict/echo/v1/completions")
			.send(ByteBufMono.fromString(Mono.just(body)))
			.response();
	}

}
