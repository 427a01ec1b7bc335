package io.eas.deployment.validation;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;

/**
 * Rules about a processor, which serves a model if there is no container.
 */
final class ProcessorRules {

	static final List<Rule> ALL = List.of(ProcessorRules::model, ProcessorRules::entry);

	/** The key that a custom processor must have, by its type. */
	private static final Map<String, String> ENTRIES = Map.of("cpp", "processor_entry", "python", "processor_entry",
			"java", "processor_mainclass");

	private ProcessorRules() {
	}

	static Stream<Finding> model(ValidationContext service) {
		return text(service, "processor")
			.filter((processor) -> service.other("model_path").isMissingNode()
					&& service.reading().descriptor().containers().isEmpty())
			.map((processor) -> service.finding(FindingCode.MISSING_KEY, "model_path",
					"is missing, and a processor serves a model",
					"Write where the model is, such as \"model_path\": \"oss://my-bucket/model/\"."));
	}

	static Stream<Finding> entry(ValidationContext service) {
		return text(service, "processor_type").flatMap((type) -> Stream.ofNullable(ENTRIES.get(type))
			.filter((key) -> service.other(key).isMissingNode())
			.map((key) -> service.finding(FindingCode.MISSING_KEY, key, "is missing, and processor_type is " + type,
					"Write the main " + (type.equals("java") ? "class" : "file") + " of the processor.")));
	}

	/** Returns the text of a key; empty if the text is missing or blank. */
	private static Stream<String> text(ValidationContext service, String key) {
		return Stream.of(service.other(key).stringValue("")).filter((text) -> !text.isBlank());
	}

}
