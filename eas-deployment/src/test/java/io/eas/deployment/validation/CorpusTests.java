package io.eas.deployment.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Quoted;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.reader.DescriptorReader;
import io.eas.deployment.writer.DescriptorWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files as they are written for real services, of which none has an error, and what is
 * found once one thing in them is damaged.
 */
class CorpusTests {

	private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");

	private static final JsonMapper JSON = JsonMapper.shared();

	/** What a file of a real service may well be told of. */
	private static final Set<FindingCode> USUAL = EnumSet.of(FindingCode.NO_READINESS, FindingCode.NO_SIGTERM,
			FindingCode.IMAGE_TAG, FindingCode.IMAGE_PLACEHOLDER, FindingCode.IMAGE_OWN_REGISTRY,
			FindingCode.PLACEHOLDER, FindingCode.LIVENESS_BEFORE_START);

	@ParameterizedTest
	@MethodSource("files")
	void realFileHasNoError(String file) throws IOException {
		List<Finding> findings = findings(read(file));
		assertThat(findings).filteredOn((finding) -> finding.severity() == Severity.ERROR).isEmpty();
		assertThat(findings).extracting(Finding::code).isSubsetOf(USUAL);
	}

	@ParameterizedTest
	@MethodSource("files")
	void realFileIsWrittenAsItWasRead(String file) throws IOException {
		String json = Files.readString(CORPUS.resolve(file + ".json"));
		assertThat(DescriptorReader.read(DescriptorWriter.write(DescriptorReader.read(json))))
			.isEqualTo(DescriptorReader.read(json));
	}

	@ParameterizedTest(name = "{0}")
	@CsvFileSource(files = "src/test/resources/corpus/damages.csv", delimiter = '|', quoteCharacter = '`')
	void damageOfARealFileIsFound(String damage, String file, String operation, String pointer, String value,
			String code) throws IOException {
		JsonNode service = read(file);
		List<Finding> before = findings(service);
		JsonPointer place = JsonPointer.compile(pointer);
		damage(service, operation, place, value);
		List<Finding> found = findings(service).stream()
			.filter((finding) -> before.stream().noneMatch((other) -> isSame(finding, other)))
			.toList();
		String[] codeAndPath = code.split(" at ");
		String damaged = operation.equals("rename") ? Quoted.path(path(place.head(), service), value)
				: path(place, service);
		Predicate<String> there = (codeAndPath.length > 1) ? codeAndPath[1]::equals
				: (path) -> path.equals(path(place.head(), service)) || isIn(path, damaged);
		assertThat(found).as("%s, at %s", damage, damaged)
			.anyMatch((finding) -> finding.code().id().equals(codeAndPath[0]) && there.test(finding.path()));
	}

	private static boolean isSame(Finding finding, Finding other) {
		return finding.code() == other.code() && finding.path().equals(other.path());
	}

	private static boolean isIn(String path, String damaged) {
		return path.equals(damaged) || path.startsWith(damaged + ".") || path.startsWith(damaged + "[");
	}

	/** The path of a finding at a place, such as {@code containers[0].port}. */
	private static String path(JsonPointer place, JsonNode service) {
		if (place.matches()) {
			return "";
		}
		String parent = path(place.head(), service);
		return service.at(place.head()).isArray() ? parent + "[" + place.last().getMatchingIndex() + "]"
				: Quoted.path(parent, place.last().getMatchingProperty());
	}

	@Test
	void corpusIsComplete() throws IOException {
		assertThat(files()).hasSize(25);
		assertThat(Files.readAllLines(CORPUS.resolve("damages.csv"))).filteredOn((line) -> !line.startsWith("#"))
			.hasSize(100);
	}

	static List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(CORPUS)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".json"))
				.map((name) -> name.substring(0, name.length() - ".json".length()))
				.sorted()
				.toList();
		}
	}

	private static void damage(JsonNode service, String operation, JsonPointer place, String value) {
		JsonNode parent = service.at(place.head());
		String key = place.last().getMatchingProperty();
		assertThat(operation.equals("set") || parent.has(key)).as("%s is there", place).isTrue();
		switch (operation) {
			case "set" -> set(parent, place, JSON.readTree(value));
			case "remove" -> ((ObjectNode) parent).remove(key);
			case "rename" -> ((ObjectNode) parent).set(value, ((ObjectNode) parent).remove(key));
			default -> throw new IllegalArgumentException(operation);
		}
	}

	private static void set(JsonNode parent, JsonPointer place, JsonNode value) {
		if (parent instanceof ArrayNode array) {
			array.set(place.last().getMatchingIndex(), value);
		}
		else {
			((ObjectNode) parent).set(place.last().getMatchingProperty(), value);
		}
	}

	private static List<Finding> findings(JsonNode service) {
		return DescriptorValidator.validate(DescriptorReader.parse(service.toString()));
	}

	private static JsonNode read(String file) throws IOException {
		return JSON.readTree(Files.readString(CORPUS.resolve(file + ".json")));
	}

}
