package io.eas.deployment.validation;

import java.util.List;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.reader.DescriptorReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is found of a service without a container.
 */
class ProcessorRulesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "'processor': 'pmml' | model_path",
					"'processor_type': 'java', 'processor_path': 'oss://a/b' | processor_mainclass",
					"'processor_type': 'cpp', 'processor_path': 'oss://a/b' | processor_entry",
					"'processor_type': 'python', 'processor_path': 'oss://a/b' | processor_entry",
					"'model_path': 'oss://a/b' | containers" },
			quoteCharacter = '`')
	void missingKeysOfAProcessorAreReported(String members, String path) {
		assertThat(findings(members)).extracting(Finding::path).containsExactly(path);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "'processor': 'pmml', 'model_path': 'oss://a/b'",
					"'processor_type': 'java', 'processor_path': 'oss://a/b', 'processor_mainclass': 'a.B'",
					"'processor_type': 'python', 'processor_path': 'oss://a/b', 'processor_entry': 'a.py'",
					"'processor_type': '', 'processor': 'pmml', 'model_path': 'oss://a/b'" },
			quoteCharacter = '`')
	void completeProcessorIsAccepted(String members) {
		assertThat(findings(members)).isEmpty();
	}

	private static List<Finding> findings(String members) {
		String json = ("{'metadata': {'name': 'digits', 'instance': 1}, " + members + "}").replace('\'', '"');
		return DescriptorValidator.validate(DescriptorReader.parse(json));
	}

}
