package io.eas.deployment.validation;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Quoted;
import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Rpc;
import org.jspecify.annotations.Nullable;

/**
 * Rules about {@code metadata}.
 */
final class MetadataRules {

	static final List<Rule> ALL = List.of(MetadataRules::name, MetadataRules::instances, MetadataRules::rpc,
			MetadataRules::sigterm);

	private static final Pattern NAME = Pattern.compile("[a-z0-9_]{3,63}");

	private MetadataRules() {
	}

	static Stream<Finding> name(ValidationContext service) {
		String name = service.metadata().name();
		if (name == null || name.isEmpty()) {
			return (service.wrong("metadata.name") || service.wrong("metadata")) ? Stream.empty()
					: Stream.of(service.finding(FindingCode.MISSING_KEY, "metadata.name",
							(name == null) ? "is missing" : "is empty", "Write \"name\": \"my_service\"."));
		}
		if (NAME.matcher(name).matches()) {
			return Stream.empty();
		}
		return Stream.of(service.finding(FindingCode.SERVICE_NAME, "metadata.name",
				"should be 3 to 63 lowercase letters, digits and underscores, was " + Quoted.text(name),
				"Choose such a name."));
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
