package io.eas.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eas.autoconfigure.EasAutoConfiguration;
import io.eas.autoconfigure.EasServerAutoConfiguration;
import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedRequest;
import io.eas.emulator.EmulatedResponse;
import io.eas.protobuf.Tensors;
import io.eas.protobuf.tensorflow.PredictRequest;
import io.eas.protobuf.tensorflow.PredictResponse;
import io.eas.server.Drain;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the documents show is what the code does.
 */
class ReadmeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Path PROPERTIES = Path.of("..", "docs", "reference", "properties.md");

	private static final Path METERS = Path.of("..", "docs", "reference", "meters.md");

	private static final Path EXAMPLES = Path.of("src", "test", "java", "io", "eas", "readme");

	/** Are run by the tests of the modules that they need. */
	private static final Path TEST_EXAMPLES = Path.of("..", "eas-test").resolve(EXAMPLES);

	private static final Path SPRING_AI_EXAMPLES = Path.of("..", "eas-spring-ai").resolve(EXAMPLES);

	/** Is run by the tests of the client, which has no Spring Boot. */
	private static final Path PLAIN_PROGRAM = Path.of("..", "eas-client", "src", "test", "java", "io", "eas",
			"PlainProgram.java");

	@Test
	void everyLineOfJavaIsCompiledByThisBuild() throws IOException {
		String examples;
		try (Stream<Path> files = Files.list(EXAMPLES);
				Stream<Path> tests = Files.list(TEST_EXAMPLES);
				Stream<Path> models = Files.list(SPRING_AI_EXAMPLES)) {
			examples = Stream.of(files, tests, models, Stream.of(PLAIN_PROGRAM))
				.flatMap(Function.identity())
				.map(ReadmeTests::read)
				.map(ReadmeTests::withoutLayout)
				.collect(Collectors.joining("\n"));
		}
		List<String> snippets = blocks("java");
		assertThat(snippets).hasSizeGreaterThanOrEqualTo(5);
		assertThat(snippets).allSatisfy((snippet) -> assertThat(examples).contains(withoutLayout(snippet)));
	}

	@Test
	void everyApplicationYmlStartsAnApplication() throws IOException {
		List<String> snippets = blocks("yaml");
		assertThat(snippets).hasSizeGreaterThanOrEqualTo(2);
		for (String snippet : snippets) {
			List<PropertySource<?>> yaml = new YamlPropertySourceLoader().load("readme",
					new ByteArrayResource(snippet.getBytes(StandardCharsets.UTF_8)));
			LocalEas.application()
				.withPropertyValues("eas.discovery.startup=lazy", "EAS_TOKEN=abc", "EAS_LLM_TOKEN=def")
				.withInitializer((context) -> yaml.forEach(context.getEnvironment().getPropertySources()::addLast))
				.run((context) -> assertThat(context).hasNotFailed()
					.getBean(EasClients.class)
					.satisfies((clients) -> assertThat(clients.names().isEmpty())
						.isEqualTo(!snippet.contains("services:"))));
		}
	}

	@Test
	void theVariableOfServiceJsonMakesAnApplicationAServerOnEas() throws IOException {
		assertThat(blocks("json")).filteredOn((snippet) -> snippet.contains("EAS_SERVER_ENABLED"))
			.singleElement()
			.satisfies((snippet) -> {
				JsonNode variable = new JsonMapper().readTree(snippet).at("/containers/0/env/0");
				new ReactiveWebApplicationContextRunner()
					.withConfiguration(AutoConfigurations.of(EasServerAutoConfiguration.class))
					.withInitializer((context) -> context.getEnvironment()
						.getPropertySources()
						.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
								Map.of(variable.path("name").stringValue(), variable.path("value").stringValue()))))
					.run((context) -> assertThat(context).hasSingleBean(Drain.class));
			});
	}

	@Test
	void everyPropertyIsInTheReference() throws Exception {
		Path classes = Path.of(EasAutoConfiguration.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		JsonNode metadata = new JsonMapper()
			.readTree(Files.readString(classes.resolve("META-INF").resolve("spring-configuration-metadata.json")));
		Set<String> properties = metadata.path("properties")
			.valueStream()
			.map((property) -> property.path("name").stringValue())
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(Pattern.compile("^\\| `([a-z-]+(?:\\.[a-z-]+)*)`", Pattern.MULTILINE)
			.matcher(Files.readString(PROPERTIES))
			.results()
			.map((match) -> match.group(1))
			.map((key) -> key.matches("(eas|management)\\..*") ? key : "eas." + key))
			.containsExactlyInAnyOrderElementsOf(properties);
	}

	@Test
	void everyMeterIsInTheReferenceWithItsType() throws IOException {
		Map<String, String> documented = Pattern
			.compile("^\\| `(eas\\.[a-z.]+)` \\| (timer|counter|gauge) \\|", Pattern.MULTILINE)
			.matcher(Files.readString(METERS))
			.results()
			.collect(Collectors.toMap((row) -> row.group(1), (row) -> row.group(2), (one, other) -> one, TreeMap::new));
		Map<String, String> real = new TreeMap<>();
		try (EasEmulator eas = LocalEas.start((request) -> Mono
			.just(EmulatedResponse.bytes(200, "data: a\n\n".getBytes(StandardCharsets.UTF_8), "text/event-stream")),
				100, 100)) {
			LocalEas.application(eas)
				.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
						CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
				.run((context) -> {
					EasClient client = context.getBean(EasClient.class);
					client.post("").retrieveFlux(String.class).blockLast(PATIENCE);
					eas.service("echo").instance(0).refuse();
					for (int call = 0; call < 4; call++) {
						client.predict("{}", String.class).block(PATIENCE);
					}
					context.getBean(MeterRegistry.class)
						.getMeters()
						.stream()
						.map(Meter::getId)
						.filter((id) -> id.getName().startsWith("eas."))
						.forEach((id) -> real.put(id.getName(), id.getType().name().toLowerCase(Locale.ROOT)));
				});
		}
		assertThat(real).isEqualTo(documented);
	}

	@Test
	void theLocalEasRunsAsShown() {
		LocalEasExample.run((endpoint) -> LocalEas.application()
			.withPropertyValues("eas.endpoint=" + endpoint, "eas.token=abc",
					"eas.discovery.allowed-networks=127.0.0.0/8", "eas.services.mnist.service-name=mnist")
			.run((context) -> assertThat(
					context.getBean(EasClient.class).predict("{}", DigitController.Digit.class).block(PATIENCE).digit())
				.isEqualTo(7)));
	}

	@Test
	void theLanguageModelOfTheLocalEasChatsAsShown() {
		Map<String, Object> question = Map.of("model", "qwen", "stream", true, "max_tokens", 4, "messages",
				List.of(Map.of("role", "user", "content", "hello")));
		LocalEasExample.runLanguageModel((endpoint) -> LocalEas.application()
			.withPropertyValues("eas.endpoint=" + endpoint, "eas.token=abc",
					"eas.discovery.allowed-networks=127.0.0.0/8", "eas.services.llm.service-name=qwen_chat")
			.run((context) -> {
				LanguageModel model = new LanguageModel(context.getBean(EasClient.class));
				for (int i = 0; i < 4; i++) {
					assertThat(String.join("", model.chat(question).collectList().block(PATIENCE)).split(" "))
						.hasSize(4);
				}
			}));
	}

	@Test
	void theSdkExamplesDoWhatTheSdksDo() {
		try (EasEmulator eas = LocalEas.start(ReadmeTests::predict, 100, 100)) {
			LocalEas.application(eas).run((context) -> {
				SdkExamples examples = new SdkExamples(context.getBean(EasClient.class));
				assertThat(examples.python(new float[784]).block(PATIENCE)).containsExactly(0.25f, 0.75f);
				assertThat(examples.java().block(PATIENCE))
					.isEqualTo("predicted [{\"money_credit\": 3000000}, {\"money_credit\": 10000}]");
				assertThat(examples.go().collectList().block(PATIENCE)).hasSize(100)
					.containsOnly("predicted [{\"fea1\": 1, \"fea2\": 2}]");
			});
		}
	}

	private static Mono<EmulatedResponse> predict(EmulatedRequest request) {
		String text = new String(request.body(), StandardCharsets.UTF_8);
		if (text.startsWith("[")) {
			return Mono.just(EmulatedResponse.text(200, "predicted " + text));
		}
		return Mono.fromCallable(() -> {
			PredictRequest message = PredictRequest.parseFrom(request.body());
			assertThat(message.getSignatureName()).isEqualTo("predict_images");
			assertThat(Tensors.floats(message.getInputsOrThrow("images"))).hasSize(784);
			PredictResponse answer = PredictResponse.newBuilder()
				.putOutputs("scores", Tensors.of(new float[] { 0.25f, 0.75f }, 1, 2))
				.build();
			return EmulatedResponse.bytes(200, answer.toByteArray(), "application/octet-stream");
		});
	}

	private static List<String> blocks(String language) throws IOException {
		Pattern block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
		return DocumentTests.pages()
			.stream()
			.flatMap((page) -> block.matcher(read(page)).results())
			.map((match) -> match.group(1))
			.distinct()
			.toList();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String withoutLayout(String text) {
		return text.replaceAll("\\s+", "");
	}

}
