package io.eas.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is asked to let connections go. HTTP/2 has a frame for that, which the server
 * sends, and no such header.
 */
class ClosingFilterTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@ParameterizedTest
	@CsvSource({ "SERVLET, HTTP_1_1, true", "REACTIVE, HTTP_1_1, true", "SERVLET, HTTP_2, false",
			"REACTIVE, HTTP_2, false" })
	void connectionCloseIsOnlySentIfTheProtocolAllowsIt(WebApplicationType type, HttpClient.Version version,
			boolean asked) throws Exception {
		try (ConfigurableApplicationContext context = ServedApplication.start(type, List.of(),
				"server.http2.enabled=true", "eas.server.drain-delay=1ms")) {
			HttpClient client = HttpClient.newBuilder().version(version).build();
			assertThat(get(client, context).headers().firstValue("Connection").filter("close"::equals)).isEmpty();
			context.getBean(Drain.class).onApplicationEvent(new ContextClosedEvent(context));
			HttpResponse<String> response = get(client, context);
			assertThat(response.version()).isEqualTo(version);
			assertThat(response.headers().firstValue("Connection").isPresent()).isEqualTo(asked);
		}
	}

	private static HttpResponse<String> get(HttpClient client, ConfigurableApplicationContext context)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + "/work");
		HttpResponse<String> response = client.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(response.body()).isEqualTo("done");
		return response;
	}

}
