package io.eas.deployment.validation;

import java.util.List;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.reader.DescriptorReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What files of real services have that is no error: keys that aren't documented,
 * placeholders, a registry of one's own, a name beside {@code metadata}.
 */
class RealFileTests {

	@ParameterizedTest
	@ValueSource(strings = { "harbor.acme.internal/a/b:1", "10.0.3.7:5000/a/b:1", "registry.acme.com:8443/a/b:1" })
	void privateRegistryIsAWarning(String image) {
		assertThat(findings(withImage(image))).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo(FindingCode.IMAGE_OWN_REGISTRY);
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.remedy()).startsWith("Write the registry's VPC into cloud.networking");
		});
		assertThat(findings(withImage(image).replace("\"computing\": {",
				"\"networking\": {\"vpc_id\": \"vpc-1\"}, \"computing\": {")))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.remedy())
				.startsWith("Make sure that the registry is in the VPC of cloud.networking"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "****-registry.cn-beijing.cr.aliyuncs.com/***/***:latest",
			"registry-vpc.cn-hangzhou.aliyuncs.com/*/digits:1.0", "*" })
	void anImageWithAsterisksIsAPlaceholder(String image) {
		assertThat(findings(withImage(image))).extracting(Finding::severity).containsOnly(Severity.WARNING);
		assertThat(findings(withImage(image))).extracting(Finding::code).contains(FindingCode.IMAGE_PLACEHOLDER);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "\"digits\" | \"****\" | metadata.name",
			"\"digits\" | \"*\" | metadata.name", "\"instance\": 2 | \"instance\": \"*\" | metadata.instance",
			"\"digits\" | \"digits_***\" | metadata.name", "\"instance\": 2 | \"instance\": \"**\" | metadata.instance",
			"\"enable_webservice\": true | \"enable_webservice\": \"***\" | metadata.enable_webservice",
			"\"port\": 8000, | \"port\": \"****\", | containers[0].port",
			"\"name\": | \"cpu\": \"****\", \"name\": | metadata.cpu",
			"\"/livez\" | \"***\" | containers[0].liveness_check.http_get.path",
			"\"/models/digits\" | \"****\" | containers[0].env[0].value",
			"\"MODEL\" | \"A_TOKEN\", \"other\": \"****\" | containers[0].env[0].other",
			"\"cloud\": { | \"storage\": [{\"mount_path\": \"/a\", \"oss\": {\"path\": \"****\"}}], \"cloud\": { | storage[0].oss.path" })
	void asterisksAreAPlaceholderAndNotAnError(String text, String replacement, String path) {
		List<Finding> findings = findings(ServiceFiles.good(text, replacement));
		assertThat(findings).extracting(Finding::severity).containsOnly(Severity.WARNING);
		assertThat(findings).filteredOn((finding) -> finding.code() == FindingCode.PLACEHOLDER)
			.extracting(Finding::path)
			.containsExactly(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "python a.py --glob /data/**/*.jpg", "python a.py --x '***'" })
	void asterisksInACommandAreNotAPlaceholder(String command) {
		assertThat(findings(ServiceFiles.good("java -jar /app/app.jar", command))).isEmpty();
	}

	@Test
	void asteriskInAVariableIsNotAPlaceholder() {
		assertThat(findings(ServiceFiles.good("\"/models/digits\"", "\"*\""))).isEmpty();
	}

	@Test
	void nameMayBeBesideMetadata() {
		assertThat(findings(ServiceFiles.good("\"cloud\": {", "\"name\": \"digits\", \"cloud\": {"))).isEmpty();
		String json = ServiceFiles.good("\"name\": \"digits\",", "")
			.replace("\"cloud\": {", "\"name\": \"digits\", \"cloud\": {");
		assertThat(findings(json)).isEmpty();
		assertThat(DescriptorReader.read(json).metadata().name()).isEqualTo("digits");
		assertThat(findings(json.replace("digits\"", "Digits\""))).singleElement()
			.satisfies((finding) -> assertThat(finding.path()).isEqualTo("name"));
	}

	private static String withImage(String image) {
		return ServiceFiles.good("registry-vpc.cn-hangzhou.aliyuncs.com/models/digits:1.0", image);
	}

	private static List<Finding> findings(String json) {
		return DescriptorValidator.validate(DescriptorReader.parse(json));
	}

}
