package io.eas.readme;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.eas.ai.EasOpenAiAutoConfiguration;
import io.eas.autoconfigure.EasAutoConfiguration;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatorBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The application of the guide, with the configuration that stands there, on a local EAS.
 */
@Tag("application")
class ChatApplicationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static EasEmulator eas;

	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void start() throws IOException {
		EmulatorBuilder builder = EasEmulator.builder().admin(false);
		for (String service : List.of("qwen_chat", "qwen_small", "bge")) {
			builder.service(service,
					(each) -> each.token("abc")
						.instance((instance) -> instance.llm(service.replace("_chat", "").replace('_', '-'),
								(engine) -> engine.prefillRate(1e6).step(Duration.ofMillis(1), Duration.ZERO))));
		}
		eas = builder.build().start();
		application = new SpringApplicationBuilder(ChatApplication.class).initializers((context) -> {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("local",
						Map.of("eas.endpoint", eas.endpoint(), "eas.discovery.allowed-networks", "127.0.0.0/8")));
		}).environment(environment()).run("--EAS_TOKEN=abc", "--server.port=0", "--server.address=127.0.0.1");
	}

	/** The environment with what the guide configures for Spring AI. */
	private static ConfigurableEnvironment environment() throws IOException {
		String yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("..", "docs", "guide", "llm.md")))
			.results()
			.map((match) -> match.group(1))
			.filter((found) -> found.contains("spring:"))
			.findFirst()
			.orElseThrow();
		StandardEnvironment environment = new StandardEnvironment();
		for (PropertySource<?> source : new YamlPropertySourceLoader().load("guide",
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))) {
			environment.getPropertySources().addLast(source);
		}
		return environment;
	}

	@AfterAll
	static void stop() {
		application.close();
		eas.close();
	}

	@Test
	void browserGetsTheAnswerAsItComesAndLeavingItFreesTheInstance() {
		WebClient browser = WebClient
			.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port"));
		assertThat(browser.get()
			.uri("/chat?question={question}", "你好")
			.retrieve()
			.bodyToFlux(String.class)
			.collectList()
			.block(PATIENCE)).hasSizeGreaterThan(10);
		eas.service("qwen_chat").instance(0).stall(2);
		browser.get()
			.uri("/chat?question={question}", "你好")
			.retrieve()
			.bodyToFlux(String.class)
			.take(1)
			.blockLast(PATIENCE);
		await().atMost(PATIENCE).until(() -> eas.service("qwen_chat").instance(0).inFlight() == 0);
		eas.service("qwen_chat").instance(0).heal();
	}

	@Test
	void modelOfItsOwnNeedsNoClientWhereTheStarterIsOff() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(EasAutoConfiguration.class, EasOpenAiAutoConfiguration.class))
			.withUserConfiguration(MoreModels.class)
			.withPropertyValues("eas.enabled=false", "eas.services.drafts.service-name=qwen_small")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("drafts")
				.doesNotHaveBean(OpenAiHttpClientBuilderCustomizer.class));
	}

	@Test
	void eachModelHasItsAlias() {
		assertThat(application.getBean(EmbeddingModel.class).embed("one")).hasSize(64);
		assertThat(eas.service("bge").instance(0).requests()).isEqualTo(1);
		ChatModel drafts = application.getBean("drafts", ChatModel.class);
		assertThat(ChatClient.create(drafts).prompt("hello").call().content()).isNotBlank();
		assertThat(eas.service("qwen_small").instance(0).requests()).isEqualTo(1);
	}

}
