package io.eas.sample.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Dockerfile, service.json, application.yml, README and the build say of one another
 * is the same.
 */
class DeploymentTests {

	/** What clients take at most to see a changed list, and Spring Boot to shut down. */
	private static final Duration TWO_POLLS = Duration.ofSeconds(20);

	private static final Duration SHUTDOWN = Duration.ofSeconds(30);

	private final List<String> dockerfile = Files.readAllLines(Path.of("Dockerfile"));

	private final JsonNode service = new JsonMapper().readTree(Files.readString(Path.of("service.json")));

	private final JsonNode container = this.service.path("containers").path(0);

	private final PropertySource<?> application = new YamlPropertySourceLoader()
		.load("application", new ClassPathResource("application.yml"))
		.get(0);

	DeploymentTests() throws IOException {
	}

	@Test
	void commandIsThatOfTheImage() {
		JsonNode words = new JsonMapper().readTree(instruction("CMD"));
		assertThat(Stream.of(this.container.path("command").stringValue().split(" ")).toList())
			.isEqualTo(words.values().stream().map(JsonNode::stringValue).toList())
			.startsWith("java");
	}

	@Test
	void jarIsTheOneThatTheBuildCreates() throws IOException {
		String pom = Files.readString(Path.of("pom.xml"));
		assertThat(pom).contains("<finalName>eas-sample-model</finalName>", "<classifier>exec</classifier>");
		assertThat(instruction("COPY")).isEqualTo("target/eas-sample-model-exec.jar .");
		assertThat(this.container.path("command").stringValue()).endsWith(" -jar eas-sample-model-exec.jar");
	}

	@Test
	void thePortIsTheSameEverywhere() {
		assertThat(instruction("EXPOSE")).isEqualTo("8000");
		assertThat(this.container.path("port").intValue()).isEqualTo(8000);
		assertThat(property("server.port")).isEqualTo("${PORT:8000}");
		assertThat(property("server.address")).isEqualTo("0.0.0.0");
	}

	@Test
	void imageRunsAsAnUnprivilegedUser() {
		assertThat(instruction("USER")).matches("[1-9][0-9]*:[1-9][0-9]*");
		assertThat(instruction("WORKDIR")).isEqualTo("/eas");
	}

	@ParameterizedTest
	@ValueSource(strings = { "startup_check", "liveness_check", "health_check" })
	void everyCheckUsesTheServersPortAndHasAllTimings(String check) {
		JsonNode node = this.container.path(check);
		assertThat(node.path("http_get").path("port").intValue()).isEqualTo(8000);
		assertThat(node.path("http_get").path("path").stringValue())
			.isEqualTo(check.equals("health_check") ? "/readyz" : "/livez");
		assertThat(node.propertyNames()).containsExactlyInAnyOrder("http_get", "initial_delay_seconds",
				"period_seconds", "timeout_seconds", "success_threshold", "failure_threshold");
	}

	@ParameterizedTest
	@ValueSource(strings = { "startup_check", "liveness_check", "health_check" })
	void readmeShowsEveryCheckUnchanged(String check) throws IOException {
		JsonNode node = this.container.path(check);
		assertThat(Files.readString(Path.of("README.md"))).contains("| `%s` | `%s` every %s s | %s failures |"
			.formatted(check, node.path("http_get").path("path").stringValue(), node.path("period_seconds").intValue(),
					node.path("failure_threshold").intValue()));
	}

	@Test
	void applicationsReadinessSettingsMatchTheDescriptor() {
		JsonNode check = this.container.path("health_check");
		assertThat(duration("eas.server.readiness-period"))
			.isEqualTo(Duration.ofSeconds(check.path("period_seconds").intValue()));
		assertThat(property("eas.server.readiness-failure-threshold"))
			.isEqualTo(check.path("failure_threshold").asString());
	}

	@Test
	void theGracePeriodIsLongerThanTheDrainAndTheShutdown() {
		JsonNode metadata = this.service.path("metadata");
		assertThat(metadata.path("rpc").path("enable_sigterm").booleanValue()).isTrue();
		assertThat(this.application.getProperty("eas.server.drain-delay")).isNull();
		Duration drain = duration("eas.server.readiness-period")
			.multipliedBy(Long.parseLong(property("eas.server.readiness-failure-threshold")))
			.plus(TWO_POLLS);
		assertThat(Duration.ofSeconds(metadata.path("eas.termination_grace_period").intValue()))
			.isEqualTo(drain.plus(SHUTDOWN).plusSeconds(5));
	}

	@Test
	void thePathsOfTheChecksAreThoseOfActuator() {
		assertThat(property("management.endpoint.health.probes.add-additional-paths")).isEqualTo("true");
	}

	private String instruction(String name) {
		Pattern pattern = Pattern.compile("^" + name + " (.*)$");
		List<String> found = this.dockerfile.stream()
			.map(pattern::matcher)
			.filter(Matcher::matches)
			.map((match) -> match.group(1))
			.toList();
		assertThat(found).as(name).hasSize(1);
		return found.get(0);
	}

	private Duration duration(String name) {
		return DurationStyle.detectAndParse(property(name));
	}

	private String property(String name) {
		Object value = this.application.getProperty(name);
		assertThat(value).as(name).isNotNull();
		return value.toString();
	}

}
