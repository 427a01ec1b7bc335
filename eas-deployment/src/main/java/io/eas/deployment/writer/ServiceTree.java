package io.eas.deployment.writer;

import java.util.List;

import io.eas.deployment.model.Cloud;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.RollingStrategy;
import io.eas.deployment.model.Rpc;
import io.eas.deployment.model.ServiceDescriptor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Converts a service to JSON.
 */
final class ServiceTree {

	private ServiceTree() {
	}

	static JsonNode of(ServiceDescriptor service) {
		return new ObjectBuilder().put("metadata", metadata(service.metadata()))
			.put("cloud", cloud(service.cloud()))
			.put("containers", containers(service.containers()))
			.others(service.other());
	}

	private static JsonNode metadata(Metadata metadata) {
		return new ObjectBuilder().put("name", metadata.name())
			.put("group", metadata.group())
			.put("instance", metadata.instance())
			.put("enable_webservice", metadata.enableWebservice())
			.put("rpc", rpc(metadata.rpc()))
			.put("rolling_strategy", rollingStrategy(metadata.rollingStrategy()))
			.put("eas.termination_grace_period", metadata.terminationGracePeriod())
			.others(metadata.other());
	}

	private static @Nullable JsonNode rpc(@Nullable Rpc rpc) {
		if (rpc == null) {
			return null;
		}
		return new ObjectBuilder().put("keepalive", rpc.keepalive())
			.put("io_threads", rpc.ioThreads())
			.put("worker_threads", rpc.workerThreads())
			.put("max_queue_size", rpc.maxQueueSize())
			.put("rate_limit", rpc.rateLimit())
			.put("batching", rpc.batching())
			.put("max_batch_size", rpc.maxBatchSize())
			.put("max_batch_timeout", rpc.maxBatchTimeout())
			.put("enable_sigterm", rpc.enableSigterm())
			.put("decompressor", rpc.decompressor())
			.others(rpc.other());
	}

	private static @Nullable JsonNode rollingStrategy(@Nullable RollingStrategy strategy) {
		if (strategy == null) {
			return null;
		}
		return new ObjectBuilder().put("max_surge", strategy.maxSurge())
			.put("max_unavailable", strategy.maxUnavailable())
			.others(strategy.other());
	}

	private static @Nullable JsonNode cloud(@Nullable Cloud cloud) {
		if (cloud == null) {
			return null;
		}
		return new ObjectBuilder().put("computing", computing(cloud.computing()))
			.put("networking", networking(cloud.networking()))
			.others(cloud.other());
	}

	private static @Nullable JsonNode computing(Cloud.@Nullable Computing computing) {
		return (computing == null) ? null
				: new ObjectBuilder().put("instance_type", computing.instanceType()).others(computing.other());
	}

	private static @Nullable JsonNode networking(Cloud.@Nullable Networking networking) {
		if (networking == null) {
			return null;
		}
		return new ObjectBuilder().put("vpc_id", networking.vpcId())
			.put("vswitch_id", networking.vswitchId())
			.put("security_group_id", networking.securityGroupId())
			.others(networking.other());
	}

	private static @Nullable JsonNode containers(List<Container> containers) {
		if (containers.isEmpty()) {
			return null;
		}
		ArrayNode array = JsonNodeFactory.instance.arrayNode();
		containers.forEach((container) -> array.add(ContainerTree.of(container)));
		return array;
	}

}
