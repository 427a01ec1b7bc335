package io.eas.deployment.validation;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.model.ServiceDescriptor;
import io.eas.deployment.reader.DescriptorReader;
import io.eas.deployment.reader.ParseResult;
import io.eas.deployment.writer.DescriptorWriter;

/**
 * Validates a {@code service.json} before EAS does. Stateless and thread-safe.
 */
public final class DescriptorValidator {

	private static final List<Rule> RULES = Stream
		.of(MetadataRules.ALL, ProcessorRules.ALL, ScalingRules.ALL, StorageRules.ALL, GracePeriodRules.ALL,
				PortRules.ALL, ListenRules.ALL, CheckRules.ALL, TimingRules.ALL, StartRules.ALL, CommandRules.ALL,
				ImageRules.ALL, EnvRules.ALL, SecretRules.ALL)
		.flatMap(List::stream)
		.toList();

	private DescriptorValidator() {
	}

	/**
	 * Validates a parsed file, for instances that start within
	 * {@link ServiceDescriptor#DEFAULT_START_TIME}.
	 * @param reading the result of the reader
	 * @return the findings of the reader and the rules, in the order of the file; empty
	 * if all is well
	 */
	public static List<Finding> validate(ParseResult reading) {
		return validate(reading, ServiceDescriptor.DEFAULT_START_TIME);
	}

	/**
	 * Validates a parsed file.
	 * @param reading the result of the reader
	 * @param startTime how long an instance needs from the start of its container until
	 * it answers health checks
	 * @return the findings of the reader and the rules, in the order of the file; empty
	 * if all is well
	 */
	public static List<Finding> validate(ParseResult reading, Duration startTime) {
		ValidationContext subject = new ValidationContext(reading, startTime);
		Stream<Finding> ruled = RULES.stream().flatMap((rule) -> rule.check(subject));
		return Stream.concat(reading.findings().stream(), ruled).distinct().sorted(Finding.BY_POSITION).toList();
	}

	/**
	 * Validates a service that was not read from a file, for instances that start within
	 * {@link ServiceDescriptor#DEFAULT_START_TIME}.
	 * @param descriptor the service
	 * @return the findings of the rules, without positions, in the order in which the
	 * service would be written; empty if all is well
	 */
	public static List<Finding> validate(ServiceDescriptor descriptor) {
		return validate(DescriptorReader.parse(DescriptorWriter.write(descriptor))).stream()
			.map((finding) -> new Finding(finding.code(), finding.path(), null, finding.message(), finding.remedy()))
			.toList();
	}

}
