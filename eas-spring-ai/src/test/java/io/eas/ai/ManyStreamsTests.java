package io.eas.ai;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.eas.Eas;
import io.eas.client.EasClients;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.InstanceBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A thousand streams of Spring AI.
 */
@Tag("long")
class ManyStreamsTests {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final int STREAMS = 1000;

	private static final int TOKENS = 100;

	private static final long MEGABYTE = 1024 * 1024;

	private final EasEmulator eas = EasEmulator.builder()
		.admin(false)
		.service("qwen_chat", (service) -> service.token("abc").instances(2, (instance) -> model(instance, 5)))
		// a stream takes as long as it may take to start all of them
		.service("qwen_slow", (service) -> service.token("abc").instances(2, (instance) -> model(instance, 200)))
		.build()
		.start();

	private final EasClients clients = Eas.builder()
		.endpoint(this.eas.endpoint())
		.token("abc")
		.discovery((discovery) -> discovery.allowedNetworks("127.0.0.0/8"))
		.http((http) -> http.maxConnectionsPerInstance(STREAMS)
			.responseTimeout(Duration.ofMinutes(1))
			.requestTimeout(Duration.ofMinutes(2)))
		.service("llm", (service) -> service.serviceName("qwen_chat"))
		.service("slow", (service) -> service.serviceName("qwen_slow"))
		.build();

	private static void model(InstanceBuilder instance, int stepMillis) {
		instance.llm("qwen",
				(engine) -> engine.prefillRate(1e6)
					.step(Duration.ofMillis(stepMillis), Duration.ZERO)
					.maxRunning(STREAMS)
					.maxQueue(STREAMS));
	}

	private ChatClient chat(String alias) {
		return ChatClient.create(OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder()
				.baseUrl("http://" + alias + "/v1")
				.apiKey("")
				.maxRetries(0)
				.model("qwen")
				.maxTokens(TOKENS)
				.extraBody(Map.of("ignore_eos", true))
				.build())
			.httpClientBuilderCustomizer(
					(builder) -> builder.interceptor(new AliasInterceptor(this.clients, () -> null)))
			.build());
	}

	@AfterEach
	void close() {
		this.clients.close();
		this.eas.close();
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	@Test
	void streamsAtOnceAreAllAnsweredInFlatMemory() {
		ChatClient chat = chat("slow");
		all(chat);
		long before = heap();
		all(chat);
		all(chat);
		// one collection leaves what references and closing connections still hold
		await().atMost(PATIENCE).until(() -> heap() - before < 10 * MEGABYTE);
	}

	private static void all(ChatClient chat) {
		AtomicInteger open = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		AtomicLong parts = new AtomicLong();
		Flux.range(0, STREAMS).flatMap((n) -> {
			AtomicInteger own = new AtomicInteger();
			return chat.prompt("question " + n).stream().content().doOnNext((part) -> {
				parts.incrementAndGet();
				if (own.getAndIncrement() == 0) {
					most.accumulateAndGet(open.incrementAndGet(), Math::max);
				}
			}).doFinally((end) -> open.decrementAndGet());
		}, STREAMS).blockLast(PATIENCE);
		assertThat(parts.get()).isGreaterThanOrEqualTo((long) STREAMS * TOKENS);
		// on a busy machine the first streams end before the last ones begin
		assertThat(most.get()).isGreaterThan(STREAMS / 2);
	}

	@Test
	void instanceThatDiesBeforeTheFirstEventFailsNone() {
		ChatClient chat = chat("llm");
		EmulatedInstance dying = this.eas.service("qwen_chat").instance(0);
		dying.abort(0);
		AtomicInteger answered = new AtomicInteger();
		Flux.range(0, STREAMS)
			.flatMap((n) -> chat.prompt("question " + n).stream().content().count().doOnNext((count) -> {
				assertThat(count).isGreaterThanOrEqualTo(TOKENS);
				if (answered.incrementAndGet() == STREAMS / 2) {
					dying.kill();
				}
			}), 100)
			.blockLast(PATIENCE);
		assertThat(answered).hasValue(STREAMS);
	}

}
