package io.eas.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A web application with the service {@code echo} of a local EAS, and whoever asks its
 * Actuator.
 *
 * @param context the application
 */
record WebApplication(ConfigurableApplicationContext context) implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final JsonMapper JSON = new JsonMapper();

	/**
	 * Starts an application.
	 * @param properties without the leading dashes
	 */
	static WebApplication start(WebApplicationType type, EasEmulator eas, String... properties) {
		Map<String, String> all = new LinkedHashMap<>();
		Stream
			.concat(Stream.of("spring.main.banner-mode=off", "server.port=0",
					"spring.reactor.netty.shutdown-quiet-period=50ms", "management.endpoints.web.exposure.include=eas",
					"eas.endpoint=" + eas.endpoint(), "eas.token=" + LocalEas.TOKEN,
					"eas.discovery.allowed-networks=127.0.0.0/8", "eas.discovery.allow-any-interval=true",
					"eas.discovery.interval=100ms", "eas.services.echo.service-name=echo"), Stream.of(properties))
			.forEach((property) -> all.put(property.split("=")[0], "--" + property));
		SpringApplication application = new SpringApplication(Everything.class);
		application.setWebApplicationType(type);
		return new WebApplication(application.run(all.values().toArray(String[]::new)));
	}

	/** The answer of the endpoint, as a JSON tree. */
	JsonNode get(String path) {
		Answer answer = send(HttpMethod.GET, path, null);
		if (answer.status() != 200) {
			throw new AssertionError(answer);
		}
		return answer.json();
	}

	/** What the endpoint says of an instance. */
	JsonNode instance(String alias, String address) {
		return instance(get("eas/" + alias), address);
	}

	static JsonNode instance(JsonNode service, String address) {
		return service.path("instances")
			.values()
			.stream()
			.filter((instance) -> instance.path("address").stringValue().equals(address))
			.findFirst()
			.orElseThrow();
	}

	Answer send(HttpMethod method, String path, @Nullable String body) {
		WebClient.RequestBodySpec request = WebClient
			.create("http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port") + "/actuator/")
			.method(method)
			.uri(path);
		if (body != null) {
			request.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
		}
		return request
			.exchangeToMono((response) -> response.bodyToMono(String.class)
				.defaultIfEmpty("")
				.map((text) -> new Answer(response.statusCode().value(), text)))
			.block(PATIENCE);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** What came back. */
	record Answer(int status, String body) {

		JsonNode json() {
			return JSON.readTree(this.body);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Everything {

	}

}
