package io.eas.deployment.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.writer.DescriptorWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which keys are known, and what is made of others.
 */
class KnownKeysTests {

	/** Every key that the model has a name for. */
	private static final String COMPLETE = """
			{"metadata": {"name": "a", "instance": 1, "enable_webservice": true, "group": "a",
			  "rpc": {"keepalive": 1000, "io_threads": 1, "worker_threads": 1, "max_queue_size": 1, "rate_limit": 1,
			    "batching": true, "max_batch_size": 1, "max_batch_timeout": 1, "enable_sigterm": true,
			    "decompressor": "zstd"},
			  "rolling_strategy": {"max_surge": 1, "max_unavailable": 1}, "eas": {"termination_grace_period": 30}},
			 "cloud": {"computing": {"instance_type": "a"},
			  "networking": {"vpc_id": "a", "vswitch_id": "a", "security_group_id": "a"}},
			 "containers": [{"image": "a", "command": "a", "port": 1, "env": [{"name": "a", "value": "a"}],
			  "startup_check": {"http_get": {"path": "/", "port": 1}}, "liveness_check": {"tcp_socket": {"port": 1}},
			  "health_check": {"exec": {"command": ["a"]}}}]}
			""";

	@Test
	void everyKeyThatIsWrittenIsKnown() {
		List<String> unknown = new ArrayList<>();
		String json = DescriptorWriter.write(DescriptorReader.read(COMPLETE));
		collect(JsonMapper.shared().readTree(json), "", unknown);
		assertThat(unknown).containsExactly("metadata.eas.termination_grace_period");
	}

	@ParameterizedTest
	@CsvSource({ "scrpit, script", "comand, command", "imgae, image", "enviroment, env", "environment, env",
			"Command, command", "livenessProbe, liveness_check", "heatlh_check, health_check", "sidecar,", "en,",
			"cpu," })
	void aMisspeltKeyIsRecognized(String key, String meant) {
		assertThat(KeySuggestion.suggestion(key, KnownKeys.of("containers[]"))).isEqualTo(Optional.ofNullable(meant));
	}

	@ParameterizedTest
	@CsvSource({ "instance, '', metadata", "cpu, containers[], metadata", "env, metadata, containers[]",
			"keepalive, metadata, metadata.rpc", "max_surge, '', metadata.rolling_strategy",
			"path, storage[], storage[].oss", "vpc_id, networking, cloud.networking", "type, containers[], ",
			"x, '', " })
	void placeOfAMisplacedKeyIsFound(String key, String place, String home) {
		List<String> homes = KnownKeys.homes(key, place);
		if (home == null) {
			assertThat(homes).isEmpty();
		}
		else {
			assertThat(homes).contains(home);
		}
	}

	@Test
	void keySimilarToNoKnownOneIsIgnored() {
		assertThat(DescriptorReader.parse(COMPLETE.replace("\"cloud\"", "\"sidecar\": {\"instnace\": 1}, \"cloud\""))
			.findings()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1e999999999, OUT_OF_RANGE", "8e3, OUT_OF_RANGE", "-1, OUT_OF_RANGE", "8192.0, OUT_OF_RANGE",
			"99999999999, ", "0, " })
	void aNumberOfAnySizeIsCompared(String memory, FindingCode code) {
		assertThat(DescriptorReader.parse("{\"metadata\": {\"memory\": " + memory + "}}").findings())
			.extracting((finding) -> finding.code())
			.isEqualTo((code != null) ? List.of(code) : List.of());
	}

	private static void collect(JsonNode node, String path, List<String> unknown) {
		if (node.isArray()) {
			node.forEach((element) -> collect(element, path + "[]", unknown));
		}
		node.properties().forEach((entry) -> {
			String inner = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
			if (!KnownKeys.of(path).contains(entry.getKey())) {
				unknown.add(inner);
			}
			collect(entry.getValue(), inner, unknown);
		});
	}

}
