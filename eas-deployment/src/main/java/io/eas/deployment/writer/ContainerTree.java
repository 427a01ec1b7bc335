package io.eas.deployment.writer;

import java.util.List;

import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Timings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Converts a container to JSON.
 */
final class ContainerTree {

	private ContainerTree() {
	}

	static JsonNode of(Container container) {
		ObjectBuilder object = new ObjectBuilder().put("image", container.image())
			.put("command", container.command())
			.put("port", container.port())
			.put("env", env(container.env()));
		container.checks().forEach((kind, check) -> object.put(kind.key(), check(check)));
		return object.others(container.other());
	}

	private static @Nullable JsonNode env(List<Container.EnvironmentVariable> env) {
		if (env.isEmpty()) {
			return null;
		}
		ArrayNode array = JsonNodeFactory.instance.arrayNode();
		env.forEach((variable) -> array.add(new ObjectBuilder().put("name", variable.name())
			.put("value", variable.value())
			.others(variable.other())));
		return array;
	}

	private static JsonNode check(HealthCheck check) {
		Timings timings = check.timings();
		return method(check.method()).put("initial_delay_seconds", timings.initialDelaySeconds())
			.put("period_seconds", timings.periodSeconds())
			.put("timeout_seconds", timings.timeoutSeconds())
			.put("success_threshold", timings.successThreshold())
			.put("failure_threshold", timings.failureThreshold())
			.others(check.other());
	}

	// Java 17 has no pattern switch
	private static ObjectBuilder method(CheckMethod method) {
		ObjectBuilder check = new ObjectBuilder();
		if (method instanceof CheckMethod.HttpGet get) {
			return check.put("http_get",
					new ObjectBuilder().put("path", get.path()).put("port", get.port()).others(get.other()));
		}
		if (method instanceof CheckMethod.TcpSocket tcp) {
			return check.put("tcp_socket", new ObjectBuilder().put("port", tcp.port()).others(tcp.other()));
		}
		CheckMethod.Exec exec = (CheckMethod.Exec) method;
		ArrayNode command = JsonNodeFactory.instance.arrayNode();
		exec.command().forEach(command::add);
		return check.put("exec", new ObjectBuilder().put("command", command).others(exec.other()));
	}

}
