package io.eas.deployment.validation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Position;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.reader.DescriptorReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is found in a {@code service.json}, and what isn't.
 */
class DescriptorValidatorTests {

	@Test
	void validFileHasNoFindings() {
		assertThat(findings(ServiceFiles.good())).isEmpty();
		assertThat(DescriptorValidator.validate(DescriptorReader.read(ServiceFiles.good()))).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("io.eas.deployment.validation.FindingCase#all")
	void eachCodeIsFoundAtItsPosition(FindingCase each) {
		assertThat(findings(each.json())).filteredOn((finding) -> finding.code() == each.code())
			.anySatisfy((finding) -> {
				assertThat(finding.path()).isEqualTo(each.path());
				assertThat(finding.toString()).contains(each.says());
				assertThat(finding.position()).isNotNull();
			});
	}

	@ParameterizedTest
	@MethodSource("io.eas.deployment.validation.FindingCase#all")
	void eachFindingIsALineWithAPlaceAValueAndARemedy(FindingCase each) {
		assertThat(findings(each.json())).allSatisfy((finding) -> {
			assertThat(finding.describe("service.json"))
				.matches("service\\.json:\\d+:\\d+: (error|warning) [a-z-]+( \\S+)?: .*");
			assertThat(finding.message()).doesNotEndWith(".").doesNotContain("null and", "@", "\n");
			assertThat(finding.remedy()).matches("[A-Z].*[.?]");
		});
	}

	@Test
	void everyCodeHasACase() {
		Set<FindingCode> codes = FindingCase.all().stream().map(FindingCase::code).collect(Collectors.toSet());
		codes.add(FindingCode.NOT_JSON); // which nothing can be validated of:
											// DescriptorReaderTests
		assertThat(codes).isEqualTo(EnumSet.allOf(FindingCode.class));
	}

	@Test
	void vendorsOwnExampleHasFindings() {
		List<Finding> findings = findings(ServiceFiles.seed());
		assertThat(findings).filteredOn((finding) -> finding.severity() == Severity.ERROR)
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.code()).isEqualTo(FindingCode.SUCCESS_THRESHOLD);
				assertThat(finding.path()).isEqualTo("containers[0].liveness_check.success_threshold");
				assertThat(finding.position()).isEqualTo(new Position(29, 38));
			});
		assertThat(findings).extracting(Finding::code)
			.containsExactly(FindingCode.NO_READINESS, FindingCode.IMAGE_PLACEHOLDER, FindingCode.LIVENESS_BEFORE_START,
					FindingCode.SUCCESS_THRESHOLD);
	}

	@Test
	void serviceThatWasNotReadFromAFileHasFindingsWithoutAPosition() {
		List<Finding> findings = DescriptorValidator.validate(DescriptorReader.read(ServiceFiles.seed()));
		assertThat(findings).hasSize(4).allSatisfy((finding) -> assertThat(finding.position()).isNull());
		assertThat(findings).last()
			.hasToString("error success-threshold containers[0].liveness_check.success_threshold: must be 1 for a "
					+ "liveness_check, was 2. Write 1: Kubernetes refuses anything else, though the vendor's own "
					+ "example has 2.");
	}

	@Test
	void everythingIsFoundAtOnceInTheOrderOfTheFile() {
		String json = ServiceFiles.good()
			.replace("\"instance\": 2", "\"instance\": \"2\"")
			.replace("\"port\": 8000,", "\"port\": 8080,")
			.replace("\"/livez\"", "\"livez\"")
			.replace("\"exec\": {", "\"exec\": \"/app/ready\", \"x\": {")
			.replace("\"failure_threshold\": 60", "\"failure_threshold\": 0");
		assertThat(findings(json)).filteredOn((finding) -> finding.severity() == Severity.ERROR)
			.extracting(Finding::code)
			.containsExactly(FindingCode.WRONG_TYPE, FindingCode.RESERVED_PORT, FindingCode.OUT_OF_RANGE,
					FindingCode.CHECK_PATH, FindingCode.EXEC_STRING);
	}

	@ParameterizedTest
	@CsvSource({ "0, 10, 1, 0", "0, 10, 3, 20", "15, 10, 3, 35", "20, 10, 3, 40", "3, 3, 4, 12", "100, 7, 1, 100" })
	void livenessCheckThatKillsAStartingInstanceIsReported(int delay, int period, int failures, int lastCheck) {
		String json = ServiceFiles.good("\"startup_check\"", "\"sidecar\"")
			.replaceFirst("(livez[^}]*},\\s*)\"initial_delay_seconds\": 0,\\s*\"period_seconds\": 10",
					"$1\"initial_delay_seconds\": " + delay + ", \"period_seconds\": " + period)
			.replaceFirst("\"failure_threshold\": 3", "\"failure_threshold\": " + failures);
		assertThat(codes(json, Duration.ofSeconds(lastCheck))).doesNotContain(FindingCode.LIVENESS_BEFORE_START);
		assertThat(codes(json, Duration.ofMillis(lastCheck * 1000L + 1))).contains(FindingCode.LIVENESS_BEFORE_START);
	}

	@Test
	void aStartupCheckMayTakeAsLongAsAnInstanceNeeds() {
		assertThat(codes(ServiceFiles.good(), Duration.ofSeconds(118))).isEmpty();
		assertThat(codes(ServiceFiles.good(), Duration.ofSeconds(119))).containsExactly(FindingCode.STARTUP_TOO_SHORT);
	}

	@ParameterizedTest
	@CsvSource({ "0, OUT_OF_RANGE", "70000, OUT_OF_RANGE", "8080, RESERVED_PORT", "9090, RESERVED_PORT" })
	void invalidPortIsReportedOnce(int port, FindingCode code) {
		assertThat(findings(ServiceFiles.good("\"port\": 8000,", "\"port\": " + port + ","))).extracting(Finding::code)
			.containsExactly(code);
		assertThat(findings(ServiceFiles.good("\"path\": \"/livez\",\n                    \"port\": 8000",
				"\"path\": \"/livez\", \"port\": " + port)))
			.extracting(Finding::code)
			.containsExactly(code);
	}

	@ParameterizedTest
	@CsvSource({ "MANAGEMENT_SERVER_PORT, 8001, true", "ADMIN_PORT, 8001, true", "MANAGEMENT_SERVER_PORT, 8002, false",
			"REPORT, 8001, false", "PORT, 80010000000, false", "management.server.port, 8001, true",
			"JAVA_TOOL_OPTIONS, -Xmx1g -Dmanagement.server.port=8001, true", "JAVA_OPTS, -Dreport=8001, false" })
	void checkMayUseAPortNamedInEnv(String name, String value, boolean named) {
		String json = ServiceFiles.good("\"path\": \"/livez\",\n                    \"port\": 8000",
				"\"path\": \"/livez\", \"port\": 8001");
		assertThat(
				findings(json.replace("\"MODEL\"", "\"" + name + "\"").replace("/models/digits\"\n", value + "\"\n")))
			.extracting(Finding::code)
			.isEqualTo(named ? List.of() : List.of(FindingCode.CHECK_PORT));
	}

	@ParameterizedTest
	@CsvSource({ "java -jar a.jar --management.server.port=8001, true",
			"java -Dmanagement.server.port=8001 -jar a.jar, true", "vllm serve m --metrics-port 8001, true",
			"sh -c 'exec a --adminPort 8001', true", "gunicorn -b 0.0.0.0:8000 -b 0.0.0.0:8001 a:app, true",
			"java -jar a.jar --management.server.port=8002, false", "a --report 8001, false", "a 8001, false",
			"a --port 8000 --lines 8001, false" })
	void checkMayUseAPortNamedInTheCommand(String command, boolean named) {
		String json = ServiceFiles
			.good("\"path\": \"/livez\",\n                    \"port\": 8000", "\"path\": \"/livez\", \"port\": 8001")
			.replace("java -jar /app/app.jar", command);
		assertThat(findings(json)).extracting(Finding::code)
			.isEqualTo(named ? List.of() : List.of(FindingCode.CHECK_PORT));
	}

	@ParameterizedTest
	@CsvSource({ "5, 3, 25, true", "5, 3, 24, false", "10, 2, 30, true", "10, 2, 29, false", "5, 4, , true",
			"7, 3, , false", "10, 3, , false" })
	void gracePeriodThatEndsBeforeEveryClientKnowsIsReported(int period, int failures, Integer grace, boolean enough) {
		String json = ServiceFiles.good("\"period_seconds\": 5", "\"period_seconds\": " + period)
			.replaceFirst("(\"success_threshold\": 2,\\s*\"failure_threshold\": )3", "$1" + failures)
			.replace(",\n        \"eas.termination_grace_period\": 60",
					(grace != null) ? ", \"eas.termination_grace_period\": " + grace : "");
		assertThat(findings(json)).extracting(Finding::code)
			.isEqualTo(enough ? List.of() : List.of(FindingCode.GRACE_PERIOD));
		assertThat(findings(json.replace("\"enable_sigterm\": true", "\"enable_sigterm\": false")))
			.extracting(Finding::code)
			.containsExactly(FindingCode.NO_SIGTERM);
	}

	@ParameterizedTest
	@ValueSource(strings = { "python -c \\\"import a; a.run()\\\"", "python -c 'a && b'", "python -c \\\"a;b\\\"",
			"sh -c 'exec java -jar app.jar'", "bash -lc \\\"java $JAVA_OPTS -jar app.jar\\\"", "sh run.sh -c 'a;b'",
			"/bin/sh -c java", "sh -c \\\"echo 'a;b'\\\"", "java -jar a.jar --url=jdbc:h2:x?a=1&b=2",
			"curl http://localhost/?a=1&b=2", "echo a\\\\;b", "java -jar app.jar --server.port=${PORT}",
			"/data/eas/ENV/bin/python /data/eas/app1.py", "  java -jar app.jar \\n", "cdrom --eject",
			"python 'it''s'" })
	void singleCommandIsNotReportedAsScript(String command) {
		assertThat(findings(ServiceFiles.good("java -jar /app/app.jar", command))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cd /app", "a && b", "a || b", "a; b", "a | b", "a > b", "a < b", "a 2>&1", "a &", "a\\nb",
			"echo `date`", "echo $(date)", "echo \\\"$(date)\\\"", "A=b python app.py", "export A=b", "source env.sh",
			"python -c \\\"a;b\\\" && c", "python 'a' ; b", "bash -c \\\"a | b > c\\\"",
			"sh -c \\\"cd /app && python app.py\\\"", "bash -lc 'a; b'", "/bin/sh -e -c 'a; b'", "sh -c 'echo $(date)'",
			"sh -c 'cd /app'", "sh -c 'A=b python app.py'", "sh -c 'exec a; b'", "sh -c \\\"sh -c 'a; b'\\\"",
			"sleep 1&java -jar app.jar", "(cd a)", "{ a }", "a ?b &" })
	void severalCommandsAreReportedAsScript(String command) {
		assertThat(findings(ServiceFiles.good("java -jar /app/app.jar", command))).extracting(Finding::code)
			.containsExactly(FindingCode.COMMAND_SCRIPT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "registry-vpc.cn-shanghai.aliyuncs.com/a/b:1",
			"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/a/b:1", "eas-registry-vpc.us-west-1.cr.aliyuncs.com/a/b:1",
			"crpi-0abc-vpc.cn-hangzhou.personal.cr.aliyuncs.com/a/b:1",
			"registry-vpc.cn-hangzhou.aliyuncs.com/a/b@sha256:0123", "registry-vpc.cn-hangzhou.aliyuncs.com:443/a/b:1",
			"registry-cn-hangzhou-vpc.ack.aliyuncs.com/a/b:1" })
	void imageInTheVpcIsAccepted(String image) {
		assertThat(findings(withImage(image))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "nginx:1", "library/nginx:1", "docker.io/library/nginx:1", "ghcr.io/a/b:1",
			"registry.cn-shanghai.aliyuncs.com/a/b:1", "acme-registry.cn-hangzhou.cr.aliyuncs.com/a/b:1",
			"localhost:5000/a/b:1", "https://registry-vpc.cn-shanghai.aliyuncs.com/a/b:1",
			"registry-vpc.cn-shanghai.aliyuncs.com.evil.org/a/b:1", "", "registry-vpc.cn-shanghai.aliyuncs.com/a/b:1 ",
			" registry-vpc.cn-shanghai.aliyuncs.com/a/b:1", "registry-vpc.cn-shanghai.aliyuncs.com/a/b: 1",
			"me@registry-vpc.cn-shanghai.aliyuncs.com/a/b:1" })
	void imageOutsideTheVpcIsReported(String image) {
		assertThat(findings(withImage(image))).extracting(Finding::code).containsExactly(FindingCode.IMAGE_REGISTRY);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"https://registry-vpc.cn-shanghai.aliyuncs.com/a/b:1 | Write \"registry-vpc.cn-shanghai.aliyuncs.com/a/b:1\".",
			"https://me:hunter2@registry-vpc.cn-shanghai.aliyuncs.com/a/b:1 | was \"https://…@registry-vpc.cn-shanghai.aliyuncs.com/a/b:1\"",
			"me:hunter2@registry-vpc.cn-shanghai.aliyuncs.com/a/b:1 | Write \"registry-vpc.cn-shanghai.aliyuncs.com/a/b:1\".",
			"me:hunter2@registry.cn-shanghai.aliyuncs.com/a/b:1 | write \"registry-vpc.cn-shanghai.aliyuncs.com/a/b:1\".",
			"me:hunter2@ghcr.io/a/b | was \"…@ghcr.io/a/b\"",
			"me:hunter2@registry-vpc.cn-shanghai.aliyuncs.com/xxx/yyy | was the placeholder \"…@registry-vpc.",
			"'registry-vpc.cn-shanghai.aliyuncs.com/a/b:1 ' | Write \"registry-vpc.cn-shanghai.aliyuncs.com/a/b:1\".",
			"'' | write \"registry-vpc.<region>.aliyuncs.com/<namespace>/<name>:<tag>\"." })
	void remedyForAnImageOmitsItsUser(String image, String says) {
		assertThat(findings(withImage(image)).toString()).contains(says).doesNotContain("hunter2");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "cpu | 1.50 | `\"name\":`", "gpu | 1 | `\"name\":`",
			"memory | 8192 | `\"name\":`", "resource | \"a\" | `\"name\":`", "workspace_id | [1.50] | `\"name\":`",
			"type | \"a\" | `\"name\":`", "eas.other | [1.50] | `\"name\":`", "rpc.other | [1.50] | `\"name\":`",
			"other | [1.50] | `\"name\":`", "args | [1.50] | `\"image\":`", "storage | [] | `\"cloud\":`",
			"processor | \"a\" | `\"cloud\":`", "model_path | \"a\" | `\"cloud\":`", "token | \"a\" | `\"cloud\":`",
			"labels | {\"instance\": \"a\"} | `\"cloud\":`", "options | {\"enviroment\": 1} | `\"cloud\":`",
			"networking | {} | `\"cloud\":`", "envs | [1.50] | `\"cloud\":`",
			"instances | [1.50] | `\"instance_type\":`", "instances | null | `\"instance_type\":`" })
	void keysOutsideTheModelAreAccepted(String key, String value, String next) {
		assertThat(findings(ServiceFiles.good(next, "\"" + key + "\": " + value + ", " + next))).isEmpty();
	}

	@Test
	void withoutAnyCheckTheDefaultCheckIsReported() {
		assertThat(findings(
				"{\"metadata\": {\"name\": \"digits\"}, \"containers\": [{\"image\": \"registry-vpc.cn-hangzhou."
						+ "aliyuncs.com/a/b:1\", \"port\": 8000}]}"))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.message())
				.isEqualTo("should have a health_check; without any check EAS only looks whether port 8000 accepts "
						+ "connections (a TCP check, says the vendor's SDK for Python), so an instance that hangs keeps "
						+ "getting traffic"));
		assertThat(findings(ServiceFiles.seed()).toString())
			.contains("without one, an instance that doesn't answer keeps getting traffic");
	}

	@Test
	void withoutAnyCheckAndPortThereIsNoDefaultCheck() {
		assertThat(findings(
				"{\"metadata\": {\"name\": \"digits\"}, \"containers\": [{\"image\": \"registry-vpc.cn-hangzhou."
						+ "aliyuncs.com/a/b:1\"}]}"))
			.filteredOn((finding) -> finding.code() == FindingCode.NO_READINESS)
			.singleElement()
			.satisfies((finding) -> assertThat(finding.message())
				.isEqualTo("should have a health_check; without one, an instance that doesn't answer keeps getting "
						+ "traffic"));
	}

	private static String withImage(String image) {
		return ServiceFiles.good("registry-vpc.cn-hangzhou.aliyuncs.com/models/digits:1.0", image);
	}

	private static List<Finding> findings(String json) {
		return DescriptorValidator.validate(DescriptorReader.parse(json));
	}

	private static List<FindingCode> codes(String json, Duration startTime) {
		return DescriptorValidator.validate(DescriptorReader.parse(json), startTime)
			.stream()
			.map(Finding::code)
			.filter((code) -> code != FindingCode.UNKNOWN_KEY)
			.toList();
	}

}
