package io.eas.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

import io.eas.client.auth.AuthScheme;
import io.eas.client.retry.RetryRules.RetryOn;
import io.eas.loadbalancer.prefix.SignalSettings;
import io.eas.properties.EasServiceProperties;
import io.eas.service.LoadBalancerSettings.Algorithm;
import io.eas.service.ServiceSettings.Mode;
import io.eas.service.Startup;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor shows of the properties.
 */
class ConfigurationMetadataTests {

	/** What users are told the defaults are; empty where there is none to show. */
	private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("eas.enabled", "true");
		DEFAULTS.put("eas.strict", "false");
		DEFAULTS.put("eas.services", "");
		DEFAULTS.put("eas.uid", "");
		DEFAULTS.put("eas.region-id", "");
		DEFAULTS.put("eas.endpoint", "");
		DEFAULTS.put("eas.mode", "direct");
		DEFAULTS.put("eas.gateway-fallback", "false");
		DEFAULTS.put("eas.instances", "");
		DEFAULTS.put("eas.service-name", "");
		DEFAULTS.put("eas.token", "");
		DEFAULTS.put("eas.token-file", "");
		DEFAULTS.put("eas.auth.scheme", "signature");
		DEFAULTS.put("eas.load-balanced.credentials", "false");
		DEFAULTS.put("eas.path", "/api/predict/{service-name}");
		DEFAULTS.put("eas.discovery.path", "");
		DEFAULTS.put("eas.discovery.interval", "5s");
		DEFAULTS.put("eas.discovery.jitter", "0.2");
		DEFAULTS.put("eas.discovery.allow-any-interval", "false");
		DEFAULTS.put("eas.discovery.connect-timeout", "1s");
		DEFAULTS.put("eas.discovery.timeout", "3s");
		DEFAULTS.put("eas.discovery.startup", "wait");
		DEFAULTS.put("eas.discovery.startup-timeout", "5s");
		DEFAULTS.put("eas.discovery.max-response-size", "4MB");
		DEFAULTS.put("eas.discovery.confirm-shrink", "true");
		DEFAULTS.put("eas.discovery.allowed-networks", "");
		DEFAULTS.put("eas.discovery.snapshot.enabled", "false");
		DEFAULTS.put("eas.discovery.snapshot.directory", "");
		DEFAULTS.put("eas.discovery.snapshot.max-age", "24h");
		DEFAULTS.put("eas.load-balancer.algorithm", "weighted-round-robin");
		DEFAULTS.put("eas.load-balancer.slow-start", "0s");
		DEFAULTS.put("eas.load-balancer.hash-header", "");
		DEFAULTS.put("eas.load-balancer.prefix-blocks", "800");
		DEFAULTS.put("eas.load-balancer.prefix-block-size", "2048");
		DEFAULTS.put("eas.load-balancer.signals", "none");
		DEFAULTS.put("eas.load-balancer.signals-path", "/metrics");
		DEFAULTS.put("eas.load-balancer.signals-period", "500ms");
		DEFAULTS.put("eas.ejection.enabled", "true");
		DEFAULTS.put("eas.ejection.consecutive-failures", "3");
		DEFAULTS.put("eas.ejection.base-time", "5s");
		DEFAULTS.put("eas.ejection.max-time", "5m");
		DEFAULTS.put("eas.ejection.max-percent", "50");
		DEFAULTS.put("eas.retry.max-attempts", "3");
		DEFAULTS.put("eas.retry.on", "connect,reset,refused-by-status");
		DEFAULTS.put("eas.retry.on-statuses", "450,502,503,504");
		DEFAULTS.put("eas.retry.idempotent", "true");
		DEFAULTS.put("eas.retry.backoff.initial", "0ms");
		DEFAULTS.put("eas.retry.backoff.max", "200ms");
		DEFAULTS.put("eas.retry.backoff.multiplier", "2");
		DEFAULTS.put("eas.retry.backoff.jitter", "0.5");
		DEFAULTS.put("eas.retry.budget.ratio", "0.2");
		DEFAULTS.put("eas.retry.budget.min-per-second", "10");
		DEFAULTS.put("eas.probe.enabled", "false");
		DEFAULTS.put("eas.probe.http-get.path", "");
		DEFAULTS.put("eas.probe.http-get.port", "");
		DEFAULTS.put("eas.probe.tcp-socket", "");
		DEFAULTS.put("eas.probe.tcp-socket.port", "");
		DEFAULTS.put("eas.probe.period", "10s");
		DEFAULTS.put("eas.probe.timeout", "1s");
		DEFAULTS.put("eas.probe.success-threshold", "1");
		DEFAULTS.put("eas.probe.failure-threshold", "3");
		DEFAULTS.put("eas.probe.before-use", "true");
		DEFAULTS.put("eas.http.connect-timeout", "500ms");
		DEFAULTS.put("eas.http.response-timeout", "5s");
		DEFAULTS.put("eas.http.request-timeout", "10s");
		DEFAULTS.put("eas.http.first-event-timeout", "5s");
		DEFAULTS.put("eas.http.next-event-timeout", "5s");
		DEFAULTS.put("eas.http.stream-timeout", "");
		DEFAULTS.put("eas.http.max-connections-per-instance", "100");
		DEFAULTS.put("eas.http.pending-acquire-timeout", "1s");
		DEFAULTS.put("eas.http.max-idle-time", "25s");
		DEFAULTS.put("eas.http.max-life-time", "5m");
		DEFAULTS.put("eas.http.max-in-memory-size", "16MB");
		DEFAULTS.put("eas.http.max-header-size", "8KB");
		DEFAULTS.put("eas.http.request-compression", "none");
		DEFAULTS.put("eas.http.request-id-header", "");
		DEFAULTS.put("eas.http.attempt-header", "");
		DEFAULTS.put("eas.http.ssl.bundle", "");
		DEFAULTS.put("eas.health.stale-after", "");
		DEFAULTS.put("eas.health.down-after", "5m");
		DEFAULTS.put("eas.observation.instance-address", "false");
		DEFAULTS.put("eas.server.enabled", "false");
		DEFAULTS.put("eas.server.allow-loopback", "false");
		DEFAULTS.put("eas.server.probes", "true");
		DEFAULTS.put("eas.server.drain-delay", "");
		DEFAULTS.put("eas.server.readiness-period", "10s");
		DEFAULTS.put("eas.server.readiness-failure-threshold", "3");
		DEFAULTS.put("eas.server.liveness-path", "");
		DEFAULTS.put("eas.server.readiness-path", "");
		DEFAULTS.put("management.endpoint.eas.access", "read-only");
		DEFAULTS.put("management.endpoint.eas.cache.time-to-live", "0ms");
	}

	private final JsonNode metadata = read();

	@Test
	void hasEveryPropertyWithItsDefault() {
		Map<String, String> found = new LinkedHashMap<>();
		properties().forEach((property) -> assertThat(
				found.put(property.path("name").stringValue(), defaultOf(property.path("defaultValue"))))
			.as("twice: " + property)
			.isNull());
		assertThat(found).containsExactlyInAnyOrderEntriesOf(DEFAULTS);
	}

	@Test
	void everyPropertyIsDescribedInASentence() {
		assertThat(properties()).allSatisfy((property) -> assertThat(property.path("description").stringValue(""))
			.as(property.path("name").stringValue())
			.matches("[A-Z0-9].*\\.")
			.doesNotContain("\n", "{@", "  "));
	}

	@Test
	void servicesAreDescribedAsOverridingSharedProperties() {
		assertThat(properties()).filteredOn((property) -> property.path("name").stringValue().equals("eas.services"))
			.singleElement()
			.satisfies((property) -> {
				assertThat(property.path("type").stringValue())
					.isEqualTo("java.util.Map<java.lang.String," + EasServiceProperties.class.getName() + ">");
				assertThat(property.path("description").stringValue())
					.contains("Each service inherits the properties directly under eas and overrides them key by key.");
			});
	}

	@Test
	void everyAllowedValueIsDescribed() {
		assertThat(hint("eas.mode")).isEqualTo(values(Mode.class));
		assertThat(hint("eas.auth.scheme")).isEqualTo(values(AuthScheme.class));
		assertThat(hint("eas.discovery.startup")).isEqualTo(values(Startup.Mode.class));
		assertThat(hint("eas.load-balancer.algorithm")).isEqualTo(values(Algorithm.class));
		assertThat(hint("eas.load-balancer.signals")).isEqualTo(values(SignalSettings.Source.class));
		assertThat(hint("eas.retry.on")).isEqualTo(values(RetryOn.class));
		assertThat(hint("eas.retry.on-statuses")).contains("450", "502", "503", "504").doesNotContain("401", "404");
	}

	/** As properties spell them. */
	private static List<String> values(Class<? extends Enum<?>> type) {
		return Arrays.stream(type.getEnumConstants())
			.map((value) -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
	}

	private List<String> hint(String name) {
		return stream(this.metadata.path("hints")).filter((hint) -> hint.path("name").stringValue().equals(name))
			.flatMap((hint) -> stream(hint.path("values")))
			.peek((value) -> assertThat(value.path("description").stringValue()).matches("[A-Z].*\\."))
			.map((value) -> value.path("value").asString())
			.toList();
	}

	private List<JsonNode> properties() {
		return stream(this.metadata.path("properties")).toList();
	}

	private static String defaultOf(JsonNode value) {
		return value.isArray() ? String.join(",", stream(value).map(JsonNode::asString).toList())
				: value.isMissingNode() ? "" : value.asString();
	}

	private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false);
	}

	/** Every library has such a file, ours is the one with our properties. */
	private static JsonNode read() {
		try {
			for (URL url : Collections.list(ConfigurationMetadataTests.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream in = url.openStream()) {
					JsonNode metadata = new JsonMapper().readTree(in);
					if (metadata.toString().contains("\"eas.services\"")) {
						return metadata;
					}
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		throw new IllegalStateException("There is no metadata of eas.services");
	}

}
