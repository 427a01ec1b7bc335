package io.eas.actuate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eas.client.EasClient;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The Grafana dashboard and the Prometheus alert rules, compared with what an application
 * under traffic and faults gives Prometheus.
 */
class DashboardTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** A metric with its matchers. */
	private static final Pattern SELECTOR = Pattern.compile("\\b(eas_(?!service\\b)\\w+)(?:\\{([^}]*)})?");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

	private static final Pattern GROUPED = Pattern.compile("\\bby \\(([^)]*)\\)");

	private static final Pattern SAMPLE = Pattern.compile("^(eas_\\w+)\\{(.*)} \\S+$", Pattern.MULTILINE);

	private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}");

	private static final JsonNode DASHBOARD = new JsonMapper().readTree(text("grafana", "eas-client.json"));

	private static final Map<?, ?> ALERTS = new Yaml().load(text("prometheus", "eas-alerts.yml"));

	private static String scraped = "";

	@BeforeAll
	static void scrapeAnApplicationUnderTrafficAndFaults() {
		try (EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100, 100, 100);
				WebApplication application = WebApplication.start(WebApplicationType.REACTIVE, eas,
						"management.endpoints.web.exposure.include=prometheus",
						"management.metrics.distribution.percentiles-histogram.eas.client.requests=true")) {
			EasClient client = application.context().getBean(EasClient.class);
			List<EmulatedInstance> instances = eas.service("echo").instances();
			call(client, 10);
			instances.get(0).status(450);
			call(client, 10);
			instances.get(0).refuse();
			call(client, 10);
			instances.forEach((instance) -> instance.status(500));
			call(client, 3);
			instances.forEach(EmulatedInstance::refuse);
			call(client, 3);
			eas.discovery().status(500);
			await().atMost(PATIENCE).untilAsserted(() -> {
				scraped = application.send(HttpMethod.GET, "prometheus", null).body();
				assertThat(values("eas_discovery_polls_total", "outcome")).contains("FAILED");
				assertThat(scraped).containsPattern("eas_discovery_polls_total\\{.*outcome=\"FAILED\".*} [1-9]");
			});
		}
	}

	private static void call(EasClient client, int calls) {
		Flux.range(0, calls)
			.concatMap((n) -> client.post("").body("[1]").retrieve(String.class).onErrorComplete())
			.blockLast(PATIENCE);
	}

	@AfterAll
	static void forget() {
		scraped = "";
	}

	static List<String> expressions() {
		Stream<String> panels = panels().flatMap((panel) -> panel.path("targets").values().stream())
			.map((target) -> target.path("expr").stringValue());
		return Stream.concat(panels, rules().map((rule) -> (String) rule.get("expr"))).toList();
	}

	@ParameterizedTest
	@MethodSource("expressions")
	void everyMetricAndLabelIsThere(String expression) {
		List<MatchResult> selectors = SELECTOR.matcher(expression).results().toList();
		assertThat(selectors).isNotEmpty();
		Set<String> labels = new HashSet<>();
		for (MatchResult selector : selectors) {
			assertThat(labels(selector.group(1))).as(selector.group(1)).isNotEmpty();
			labels.addAll(labels(selector.group(1)));
			String matchers = (selector.group(2) != null) ? selector.group(2) : "";
			MATCHER.matcher(matchers).results().forEach((matcher) -> {
				Set<String> values = values(selector.group(1), matcher.group(1));
				assertThat(values).as(matcher.group()).isNotEmpty();
				if (matcher.group(2).startsWith("=") && !matcher.group(3).startsWith("$")) {
					assertThat(values).as(matcher.group()).anyMatch((value) -> value.matches(matcher.group(3)));
				}
			});
		}
		GROUPED.matcher(expression)
			.results()
			.flatMap((group) -> Arrays.stream(group.group(1).split(",\\s*")))
			.forEach((label) -> assertThat(labels).contains(label));
		assertThat(expression.chars().filter((c) -> c == '(').count())
			.isEqualTo(expression.chars().filter((c) -> c == ')').count());
	}

	@Test
	void legendsAndSummariesNameLabelsThatTheExpressionKeeps() {
		panels().flatMap((panel) -> panel.path("targets").values().stream())
			.forEach((target) -> keeps(target.path("expr").stringValue(), target.path("legendFormat").stringValue()));
		rules().forEach((rule) -> ((Map<?, ?>) rule.get("annotations")).values()
			.forEach((text) -> keeps((String) rule.get("expr"), (String) text)));
	}

	private static void keeps(String expression, String text) {
		Set<String> kept = GROUPED.matcher(expression)
			.results()
			.flatMap((group) -> Arrays.stream(group.group(1).split(",\\s*")))
			.collect(Collectors.toSet());
		LEGEND.matcher(text)
			.results()
			.map((match) -> match.group(1))
			.forEach((label) -> assertThat(kept.isEmpty() ? Set.of("eas_service") : kept).as(expression)
				.contains(label));
	}

	@Test
	void dashboardIsImportableWithAnyPrometheus() {
		assertThat(panels().filter((panel) -> !panel.path("type").stringValue().equals("row")))
			.allMatch((panel) -> panel.path("datasource").path("uid").stringValue().equals("${datasource}"))
			.allMatch((panel) -> !panel.path("description").stringValue().isEmpty());
		assertThat(panels().map((panel) -> panel.path("id").intValue())).doesNotHaveDuplicates();
		JsonNode variables = DASHBOARD.path("templating").path("list");
		assertThat(variables.path(0).path("type").stringValue()).isEqualTo("datasource");
		assertThat(labels("eas_discovery_instances")).contains("eas_service");
		assertThat(variables.path(1).path("definition").stringValue())
			.isEqualTo("label_values(eas_discovery_instances, eas_service)");
	}

	@Test
	void everyMeterIsShown() {
		String all = String.join("\n", expressions());
		assertThat(types().keySet()).allMatch(all::contains);
	}

	@Test
	void everyMetricHasADescriptionAndSaysNothingTwice() {
		assertThat(types()).isNotEmpty();
		types().keySet().forEach((metric) -> {
			assertThat(scraped).containsPattern("# HELP " + metric + " +\\w+");
			assertThat(metric).doesNotContainPattern("_(\\w+)(_\\w+)*_\\1$");
		});
	}

	@Test
	void alertsHaveASeverityAndAText() {
		assertThat(rules()).isNotEmpty().allSatisfy((rule) -> {
			assertThat((String) rule.get("alert")).startsWith("Eas");
			assertThat(((Map<?, ?>) rule.get("labels")).get("severity")).isIn("critical", "warning");
			assertThat(((Map<?, ?>) rule.get("annotations")).keySet().toString()).contains("summary", "description");
		});
	}

	/** The types of our metrics by name. */
	private static Map<String, String> types() {
		return Pattern.compile("^# TYPE (eas_\\w+) (\\w+)$", Pattern.MULTILINE)
			.matcher(scraped)
			.results()
			.filter((match) -> !match.group(2).equals("gauge") || !match.group(1).endsWith("_max"))
			.collect(Collectors.toMap((match) -> match.group(1), (match) -> match.group(2)));
	}

	private static Set<String> labels(String metric) {
		return samples(metric).map((match) -> match.group(1)).collect(Collectors.toSet());
	}

	private static Set<String> values(String metric, String label) {
		return samples(metric).filter((match) -> match.group(1).equals(label))
			.map((match) -> match.group(3))
			.collect(Collectors.toSet());
	}

	private static Stream<MatchResult> samples(String metric) {
		return SAMPLE.matcher(scraped)
			.results()
			.filter((match) -> match.group(1).equals(metric))
			.flatMap((match) -> MATCHER.matcher(match.group(2)).results());
	}

	private static Stream<JsonNode> panels() {
		return DASHBOARD.path("panels").values().stream();
	}

	@SuppressWarnings("unchecked")
	private static Stream<Map<String, ?>> rules() {
		return ((List<Map<String, ?>>) ALERTS.get("groups")).stream()
			.flatMap((group) -> ((List<Map<String, ?>>) group.get("rules")).stream());
	}

	private static String text(String folder, String file) {
		try {
			return Files.readString(Path.of("..", "docs", folder, file));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
