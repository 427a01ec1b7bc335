package io.eas.actuate;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eas.actuate.EasEndpoint.ServiceDescriptor;
import io.eas.client.EasClient;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.loadbalancer.selection.InstanceDescription;
import io.eas.loadbalancer.selection.PickDescription;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the reference says of {@code /actuator/eas}.
 */
class EasEndpointReferenceTests {

	private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

	private static final Pattern ROW = Pattern.compile("^\\| `([\\w.]+)` \\|", Pattern.MULTILINE);

	private static final Set<String> ALWAYS = Set.of("summary", "list", "instances", "instances.address",
			"instances.weight", "instances.state", "instances.inFlight", "callsInFlight", "retryBudget",
			"retryBudget.allowed", "retryBudget.used", "retryBudget.left", "settings");

	private final String section = section();

	private final JsonNode example = new JsonMapper()
		.readTree(EXAMPLE.matcher(this.section).results().map((match) -> match.group(1)).findFirst().orElseThrow());

	private final Set<String> documented = ROW.matcher(this.section.split("\n### ")[0])
		.results()
		.map((MatchResult match) -> match.group(1))
		.collect(Collectors.toCollection(TreeSet::new));

	/** Fields that only group others. */
	private static final String GROUPS = "list|instances|instances.lastFailure|picks|retryBudget";

	@Test
	void tableHasEveryField() {
		assertThat(this.documented).isEqualTo(components("", ServiceDescriptor.class));
	}

	@Test
	void exampleHasTheFieldsOfTheTable() {
		assertThat(withoutSettings(fields("", this.example))).contains("list.lastFailure", "instances.reason")
			.containsAll(ALWAYS)
			.allMatch((field) -> this.documented.contains(field) || field.matches(GROUPS));
	}

	@Test
	void realAnswerHasTheFieldsOfTheTableAndTheSettingsOfTheExample() {
		try (EasEmulator eas = LocalEas.start(EmulatedHandler.echo(), 100, 100);
				WebApplication application = WebApplication.start(WebApplicationType.REACTIVE, eas,
						"eas.services.echo.endpoint=" + eas.endpoint())) {
			eas.service("echo").instance(0).refuse();
			EasClient client = application.context().getBean(EasClient.class);
			for (int n = 0; n < 4; n++) {
				client.predict("x", String.class).block();
			}
			Set<String> real = fields("", application.get("eas/echo"));
			assertThat(withoutSettings(real)).containsAll(ALWAYS)
				.contains("instances.lastFailure.what", "instances.cause", "instances.reason", "instances.until",
						"list.source")
				.allMatch((field) -> this.documented.contains(field) || field.matches(GROUPS));
			assertThat(real).containsAll(
					fields("", this.example).stream().filter((field) -> field.startsWith("settings")).toList());
		}
	}

	/** The fields of a record and of the records in it. */
	private static Set<String> components(String prefix, Class<?> type) {
		return Arrays.stream(type.getRecordComponents()).flatMap((component) -> {
			String name = prefix + component.getName();
			Class<?> inner = inner(component);
			return inner.isRecord() ? components(name + ".", inner).stream() : Stream.of(name);
		}).collect(Collectors.toCollection(TreeSet::new));
	}

	private static Class<?> inner(RecordComponent component) {
		return switch (component.getName()) {
			case "instances" -> InstanceDescription.class;
			case "picks" -> PickDescription.class;
			default -> component.getType();
		};
	}

	/** The fields of a JSON tree, those of all elements of an array together. */
	private static Set<String> fields(String prefix, JsonNode node) {
		Set<String> fields = new TreeSet<>();
		for (Map.Entry<String, JsonNode> field : node.properties()) {
			String name = prefix + field.getKey();
			fields.add(name);
			List<JsonNode> inner = field.getValue().isArray() ? field.getValue().values().stream().toList()
					: List.of(field.getValue());
			inner.forEach((value) -> fields.addAll(fields(name + ".", value)));
		}
		return fields;
	}

	private static Set<String> withoutSettings(Set<String> fields) {
		return fields.stream()
			.filter((field) -> !field.startsWith("settings."))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String section() {
		try {
			return Files.readString(Path.of("..", "docs", "reference", "endpoints.md"))
				.split("\n## Instances and settings\n")[1].split("\n## ")[0];
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
