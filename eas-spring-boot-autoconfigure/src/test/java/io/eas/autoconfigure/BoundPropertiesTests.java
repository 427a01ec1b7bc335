package io.eas.autoconfigure;

import java.util.List;
import java.util.Map;

import io.eas.client.call.LocalEas;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Actuator's {@code configprops} shows, set to show values.
 */
class BoundPropertiesTests {

	@Test
	void configpropsShowsEachServiceWithSharedPropertiesButWithoutTokens() {
		LocalEas.application()
			.withPropertyValues("eas.endpoint=eas.test", "eas.token=c2VjcmV0LXRva2Vu", "eas.discovery.startup=lazy",
					"eas.http.max-connections-per-instance=7", "eas.services.mnist.http.response-timeout=9s",
					"eas.services.llm.mode=static", "eas.services.llm.instances=10.0.0.1:80;3")
			.run((context) -> {
				Map<String, Object> bound = bound(context);
				assertThat(bound.toString()).doesNotContain("c2VjcmV0LXRva2Vu");
				assertThat(bound).extractingByKey("services")
					.asInstanceOf(InstanceOfAssertFactories.MAP)
					.containsOnlyKeys("mnist", "llm");
				assertThat(at(bound, "services", "mnist", "endpoint")).isEqualTo("eas.test");
				assertThat(at(bound, "services", "mnist", "http", "maxConnectionsPerInstance")).isEqualTo(7);
				assertThat(at(bound, "services", "mnist", "http", "responseTimeout")).isEqualTo("PT9S");
				assertThat(at(bound, "services", "mnist", "token")).isEqualTo(Map.of());
				assertThat(at(bound, "services", "llm", "tokenFile")).isNull();
				assertThat(at(bound, "services", "llm", "http", "maxConnectionsPerInstance")).isEqualTo(7);
				assertThat(at(bound, "services", "llm", "instances")).isEqualTo(List.of("10.0.0.1:80;3"));
			});
	}

	private static Map<String, Object> bound(ApplicationContext context) {
		ConfigurationPropertiesReportEndpoint endpoint = new ConfigurationPropertiesReportEndpoint(
				context.getBeanProvider(SanitizingFunction.class).orderedStream().toList(), Show.ALWAYS);
		endpoint.setApplicationContext(context);
		return endpoint.configurationProperties()
			.getContexts()
			.get(context.getId())
			.getBeans()
			.get("easProperties")
			.getProperties();
	}

	private static Object at(Map<String, Object> properties, String... path) {
		Object value = properties;
		for (String key : path) {
			value = ((Map<?, ?>) value).get(key);
		}
		return value;
	}

}
