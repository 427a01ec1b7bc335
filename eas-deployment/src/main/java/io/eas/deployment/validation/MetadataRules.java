package io.eas.deployment.validation;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Quoted;
import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Rpc;
import io.eas.deployment.model.ServiceDescriptor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Rules about {@code metadata} and the service as a whole.
 */
final class MetadataRules {

	static final List<Rule> ALL = List.of(MetadataRules::name, MetadataRules::runs, MetadataRules::instances,
			MetadataRules::rpc, MetadataRules::units, MetadataRules::sigterm);

	private static final int LEAST_KEEPALIVE = 1000;

	private static final int LEAST_MEMORY = 128;

	private static final Pattern NAME = Pattern.compile("[a-z0-9_]{3,63}");

	private MetadataRules() {
	}

	static Stream<Finding> name(ValidationContext service) {
		String path = (service.written("name") && !service.written("metadata.name")) ? "name" : "metadata.name";
		String name = service.metadata().name();
		if (service.wrong(path) || service.wrong("metadata")) {
			return Stream.empty();
		}
		if (name == null || name.isEmpty()) {
			return Stream.of(service.finding(FindingCode.MISSING_KEY, path, (name == null) ? "is missing" : "is empty",
					"Write \"name\": \"my_service\"."));
		}
		if (NAME.matcher(name).matches()) {
			return Stream.empty();
		}
		return Stream.of(service.finding(FindingCode.SERVICE_NAME, path,
				"should be 3 to 63 lowercase letters, digits and underscores, was " + Quoted.text(name),
				"Choose such a name."));
	}

	/**
	 * Finds services that have neither a container, nor a processor of EAS, nor a
	 * processor of the user, so that nothing serves requests. Gateways and other services
	 * of a special type need none of these.
	 */
	static Stream<Finding> runs(ValidationContext service) {
		ServiceDescriptor descriptor = service.reading().descriptor();
		boolean special = descriptor.metadata().other().values().containsKey("type");
		if (special || !descriptor.containers().isEmpty() || service.wrong("containers")
				|| !service.other("processor").isMissingNode() || !service.other("processor_path").isMissingNode()) {
			return Stream.empty();
		}
		return Stream.of(service.finding(FindingCode.NOTHING_TO_RUN, "containers",
				service.written("containers") ? "is empty, and there is no processor"
						: "is missing, and there is no processor",
				"Write \"containers\": [{\"image\": …}], or \"processor\" with the model_path it serves."));
	}

	/**
	 * Finds numbers that are probably in the wrong unit. People often write 60 for 60 s
	 * or 8 for 8 GB, although the key has a smaller unit.
	 */
	static Stream<Finding> units(ValidationContext service) {
		Rpc rpc = service.metadata().rpc();
		JsonNode memory = service.metadata().other().values().get("memory");
		return Stream.concat(
				unit(service, "metadata.rpc.keepalive", (rpc != null) ? rpc.keepalive() : null, LEAST_KEEPALIVE,
						"milliseconds, the longest a request may take", "s", 1000),
				unit(service, "metadata.memory", (memory != null && memory.isInt()) ? memory.intValue() : null,
						LEAST_MEMORY, "MB", "GB", 1024));
	}

	private static Stream<Finding> unit(ValidationContext service, String path, @Nullable Integer number, int least,
			String unit, String meant, int factor) {
		if (number == null || number <= 0 || number >= least) {
			return Stream.empty();
		}
		return Stream.of(service.finding(FindingCode.UNLIKELY_UNIT, path,
				"should be " + least + " or more, as it is in " + unit + ", was " + number,
				"For " + number + " " + meant + " write " + (number * factor) + "."));
	}

	static Stream<Finding> instances(ValidationContext service) {
		return negative(service, "metadata.instance", service.metadata().instance());
	}

	static Stream<Finding> rpc(ValidationContext service) {
		Rpc rpc = service.metadata().rpc();
		if (rpc == null) {
			return Stream.empty();
		}
		return Stream
			.of(negative(service, "metadata.rpc.keepalive", rpc.keepalive()),
					negative(service, "metadata.rpc.io_threads", rpc.ioThreads()),
					negative(service, "metadata.rpc.worker_threads", rpc.workerThreads()),
					negative(service, "metadata.rpc.max_queue_size", rpc.maxQueueSize()),
					negative(service, "metadata.rpc.rate_limit", rpc.rateLimit()),
					negative(service, "metadata.rpc.max_batch_size", rpc.maxBatchSize()),
					negative(service, "metadata.rpc.max_batch_timeout", rpc.maxBatchTimeout()))
			.flatMap((findings) -> findings);
	}

	static Stream<Finding> sigterm(ValidationContext service) {
		boolean readiness = service.checks().anyMatch((check) -> check.kind() == CheckKind.READINESS);
		if (service.getsSigterm() || !readiness) {
			return Stream.empty();
		}
		return Stream.of(service.finding(FindingCode.NO_SIGTERM, "metadata.rpc.enable_sigterm",
				"should be true; without it instances end without notice, and a drain never starts",
				"Write \"rpc\": {\"enable_sigterm\": true} in metadata."));
	}

	static Stream<Finding> negative(ValidationContext service, String path, @Nullable Integer number) {
		if (number == null || number >= 0) {
			return Stream.empty();
		}
		return Stream.of(service.finding(FindingCode.OUT_OF_RANGE, path, "must be 0 or more, was " + number,
				"Write 0 or more."));
	}

}
