package io.eas.client.call;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.eas.client.EasClient;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import io.eas.test.RawServer;

import org.springframework.context.ApplicationContext;

/**
 * An application with a service {@code raw} whose instances answer whatever a test says,
 * and close their connection.
 */
final class RawService {

	private RawService() {
	}

	/** Runs an application with these instances. */
	static void run(List<RawServer> instances, Body test, String... properties) {
		List<String> all = new ArrayList<>(List.of("eas.services.raw.mode=static", "eas.services.raw.auth.scheme=none",
				"eas.services.raw.instances="
						+ String.join(",", instances.stream().map((server) -> "127.0.0.1:" + server.port()).toList())));
		all.addAll(Arrays.asList(properties));
		LocalEas.application()
			.withPropertyValues(all.toArray(String[]::new))
			.run((context) -> test.accept(context.getBean(EasClient.class), context));
	}

	static EasService service(ApplicationContext context) {
		return context.getBean(EasServices.class).service("raw");
	}

	/** An answer with a length. */
	static String answer(String statusAndHeaders, byte[] body) {
		return "HTTP/1.1 " + statusAndHeaders + "\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n"
				+ new String(body, StandardCharsets.ISO_8859_1);
	}

	static String answer(String statusAndHeaders, String body) {
		return answer(statusAndHeaders, body.getBytes(StandardCharsets.UTF_8));
	}

	/** A test's body. */
	@FunctionalInterface
	interface Body {

		void accept(EasClient client, ApplicationContext context) throws Exception;

	}

}
