package io.eas.deployment.reader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Position;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.ServiceDescriptor;
import io.eas.deployment.model.Timings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How a {@code service.json} is read.
 */
class DescriptorReaderTests {

	private static final Path SEED = Path.of("src", "test", "resources", "seed-service.json");

	@Test
	void theVendorsOwnExampleIsUnderstood() {
		ServiceDescriptor service = DescriptorReader.read(SEED);
		assertThat(service.metadata().name()).isEqualTo("test");
		assertThat(service.metadata().instance()).isEqualTo(1);
		assertThat(service.metadata().enableWebservice()).isTrue();
		assertThat(service.cloud().computing().instanceType()).isEqualTo("ml.gu7i.c16m60.1-gu30");
		Container container = service.containers().get(0);
		assertThat(container.image()).isEqualTo("registry-vpc.cn-shanghai.aliyuncs.com/xxx/yyy:zzz");
		assertThat(container.command()).isEqualTo("/data/eas/ENV/bin/python /data/eas/app1.py");
		assertThat(container.port()).isEqualTo(8000);
		assertThat(container.env())
			.containsExactly(new Container.EnvironmentVariable("VAR_NAME", "var_value", OtherKeys.NONE));
		assertThat(container.checks()).containsOnlyKeys(CheckKind.LIVENESS);
		assertThat(container.check(CheckKind.LIVENESS)).isEqualTo(new HealthCheck(
				new CheckMethod.HttpGet("/", 8000, OtherKeys.NONE), new Timings(3, 3, 1, 2, 4), OtherKeys.NONE));
	}

	@Test
	void missingTimingsTakeTheDocumentedDefaults() {
		Container container = read("{'metadata': {}, 'containers': [{'health_check': {'http_get': {'port': 1}},"
				+ " 'startup_check': {'exec': {'command': ['a', 'b c']}}}]}")
			.containers()
			.get(0);
		assertThat(container.check(CheckKind.READINESS)).isEqualTo(new HealthCheck(
				new CheckMethod.HttpGet("/", 1, OtherKeys.NONE), new Timings(0, 10, 1, 1, 3), OtherKeys.NONE));
		assertThat(container.check(CheckKind.STARTUP))
			.isEqualTo(new HealthCheck(new CheckMethod.Exec(List.of("a", "b c"), OtherKeys.NONE),
					new Timings(0, 10, 1, 1, 1), OtherKeys.NONE));
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"'eas.termination_grace_period': 45, 'rpc.max_queue_size': 7, 'rolling_strategy.max_surge': '2%'",
			"'eas': {'termination_grace_period': 45}, 'rpc': {'max_queue_size': 7}, 'rolling_strategy': {'max_surge': '2%'}",
			"'rpc.max_queue_size': 7, 'rpc': {}, 'eas': {'termination_grace_period': 45}, 'rolling_strategy.max_surge': '2%'" })
	void keysOfMetadataMayHaveDots(String keys) {
		ParseResult reading = parse("{'metadata': {" + keys + "}}");
		assertThat(reading.findings()).isEmpty();
		Metadata metadata = reading.descriptor().metadata();
		assertThat(metadata.terminationGracePeriod()).isEqualTo(45);
		assertThat(metadata.rpc().maxQueueSize()).isEqualTo(7);
		assertThat(metadata.rollingStrategy().maxSurge().stringValue()).isEqualTo("2%");
		assertThat(metadata.other().values()).isEmpty();
		assertThat(reading.positions()).containsKeys("metadata.eas.termination_grace_period",
				"metadata.rpc.max_queue_size");
	}

	@Test
	void unknownKeysAreKeptExactlyAndInOrder() {
		Metadata metadata = read("{'metadata': {'z': 1.50, 'rpc.x': 1, 'eas': {'a': null}, 'b.c': 1e400, 'a':"
				+ " 123456789012345678901234567890}}")
			.metadata();
		assertThat(metadata.other().values().keySet()).containsExactly("z", "rpc.x", "b.c", "a", "eas");
		assertThat(metadata.other().values().get("z").decimalValue()).hasToString("1.50");
		assertThat(metadata.other().values().get("b.c").decimalValue()).hasToString("1E+400");
		assertThat(metadata.other().values().get("a")).hasToString("123456789012345678901234567890");
		assertThat(metadata.other().values().get("eas").get("a").isNull()).isTrue();
	}

	@Test
	void everyValueHasItsPosition() {
		ParseResult reading = parse("{\n  'metadata': {'name': 'a'},\n  'containers': [\n    {'port': 8000}\n  ]\n}");
		assertThat(reading.positions()).containsEntry("", new Position(1, 1))
			.containsEntry("metadata", new Position(2, 15))
			.containsEntry("metadata.name", new Position(2, 24))
			.containsEntry("containers", new Position(3, 17))
			.containsEntry("containers[0]", new Position(4, 5))
			.containsEntry("containers[0].port", new Position(4, 14))
			.hasSize(6);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '!', quoteCharacter = '"', textBlock = """
			""                       ! 1:1  ! the file is empty
			"  \n "                  ! 1:1  ! the file is empty
			[]                       ! 1:1  ! must be an object, was an array
			null                     ! 1:1  ! must be an object, was null
			" 5"                     ! 1:2  ! must be an object, was a number
			{'a': 1,}                ! 1:9  ! is not JSON: a "}" that doesn't belong there
			{'a': // b               ! 1:7  ! is not JSON: a "/" that doesn't belong there
			{'a': 1                  ! 1:8  ! is not JSON: it ends too early
			{'a': 'b                 ! 1:9  ! is not JSON: it ends too early
			{'a': NaN}               ! 1:10 ! is not JSON: a word without quotes
			{'a': hunter2}           ! 1:7  ! is not JSON: a word without quotes
			{'a': 01}                ! 1:8  ! is not JSON: a number in another form
			{'a': 1E99999999999}     ! 1:7  ! is not JSON: a number too large
			{'a': '\\q'}             ! 1:9  ! is not JSON: a backslash
			"{'a': 'b\nc'}"          ! 1:9  ! is not JSON: a line break
			name: test               ! 1:1  ! is not JSON: a word without quotes
			""")
	void anythingButAJsonObjectIsRefused(String json, String place, String message) {
		assertThatExceptionOfType(InvalidDescriptorException.class).isThrownBy(() -> parse(json.replace("\\n", "\n")))
			.satisfies((ex) -> assertThat(ex.findings()).singleElement().satisfies((finding) -> {
				assertThat(finding.code()).isEqualTo(FindingCode.NOT_JSON);
				assertThat(finding.message()).startsWith(message);
				assertThat(finding.position()).hasToString(place);
				assertThat(ex).hasMessageStartingWith("service.json:" + finding.position() + ": error not-json: ");
			}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-", "0." })
	void tooLargeNumberIsReportedAtItsEnd(String start) {
		String number = start + "9".repeat(2000);
		String json = "{'a': 1,\n 'b': " + number + "}";
		assertThatExceptionOfType(InvalidDescriptorException.class).isThrownBy(() -> parse(json))
			.satisfies((ex) -> assertThat(ex.findings()).singleElement().satisfies((finding) -> {
				assertThat(finding.message()).isEqualTo("is not JSON: a number too large to compute with");
				assertThat(finding.position()).hasToString("2:" + (7 + number.length()));
			}));
	}

	@Test
	void allErrorsOfTheStructureAreThrownAtOnce() {
		assertThatExceptionOfType(InvalidDescriptorException.class)
			.isThrownBy(() -> read("{'metadata': {'instance': 'two', 'group': null},\n'containers': [{'port': true,\n"
					+ "'liveness_check': {'period_seconds': 1.5}, 'env': [1]}]} x"))
			.withMessage("""
					service.json:1:27: error wrong-type metadata.instance: must be a whole number, was the text "two". \
					Write digits only, without quotes.
					service.json:2:25: error wrong-type containers[0].port: must be a whole number, was true. \
					Write digits only, without quotes.
					service.json:3:19: error check-method containers[0].liveness_check: must have one of http_get, \
					tcp_socket and exec, has none. Keep one, or write one such as "tcp_socket": {"port": 8000}.
					service.json:3:38: error out-of-range containers[0].liveness_check.period_seconds: must be a whole \
					number, was 1.5. Write a whole number, in digits only.
					service.json:3:52: error env-entry containers[0].env[0]: must be an object, was a number. \
					Write {"name": "NAME", "value": "its value"}.
					service.json:3:58: error trailing-text: there is text after the end of the object. \
					Remove it, or remove a surplus brace before it.""")
			.satisfies((ex) -> assertThat(ex.findings()).hasSize(6)
				.allMatch((finding) -> finding.severity() == Severity.ERROR));
	}

	@Test
	void warningsDoNotPreventReading() {
		assertThat(read("{'metadata': {'instances': 1, 'group': null}}").metadata().other().values())
			.containsOnlyKeys("instances");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e999999999", "-1e-999999999", "99999999999999999999", "2147483648" })
	void numbersOfAnySizeAreOnlyCompared(String number) {
		assertThat(parse("{'metadata': {'instance': " + number + ", 'x': " + number + "}}").findings())
			.extracting(Finding::code)
			.containsExactly(FindingCode.OUT_OF_RANGE);
	}

	@Test
	void valuesInMessagesAreEscapedAndShortened() {
		String finding = parse("{'metadata': {'instance': '\\u001b[31m\u009b\\n" + "x".repeat(1000) + "'}}").findings()
			.toString();
		assertThat(finding).contains("\\u001B[31m\\u009B\\nxxx").hasSizeLessThan(300);
		assertThat(finding.chars()).noneMatch(Character::isISOControl);
	}

	@Test
	void byteOrderMarkIsIgnored(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("a.json"), "\uFEFF{\"metadata\": {}}");
		assertThat(DescriptorReader.read(file).metadata().name()).isNull();
	}

	@Test
	void aFileIsNamedInMessages(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("a.json"), "{}");
		assertThatExceptionOfType(InvalidDescriptorException.class).isThrownBy(() -> DescriptorReader.read(file))
			.withMessageStartingWith(file + ":1:1: error missing-key metadata: is missing. ");
	}

	@Test
	void aFileThatCannotBeReadIsNamed(@TempDir Path directory) throws IOException {
		Path absent = directory.resolve("absent.json");
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> DescriptorReader.read(absent))
			.withMessage(absent + " can't be read: there is no such file");
		Path binary = Files.write(directory.resolve("binary.json"), new byte[] { '{', (byte) 0xFF, '}' });
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> DescriptorReader.read(binary))
			.withMessageStartingWith(binary + " can't be read: it isn't UTF-8");
	}

	private static ServiceDescriptor read(String json) {
		return DescriptorReader.read(json.replace('\'', '"'));
	}

	private static ParseResult parse(String json) {
		return DescriptorReader.parse(json.replace('\'', '"'));
	}

}
