package io.eas.benchmarks.paths;

import java.util.ArrayList;
import java.util.List;

import io.eas.benchmarks.clients.Application;
import io.eas.client.EasClient;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Makes calls with the {@link EasClient} that the starter creates.
 */
final class EasPath implements CallPath {

	/**
	 * Excludes the observability of the starter and of {@code WebClient}, which would
	 * otherwise be active because Actuator is on the class path of all variants.
	 */
	private static final String UNOBSERVED = "spring.autoconfigure.exclude="
			+ "io.eas.autoconfigure.EasMetricsAutoConfiguration,"
			+ "org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration";

	private final ConfigurableApplicationContext context;

	private final EasClient client;

	private final Content content;

	/**
	 * Creates a client of a fixed list of instances.
	 * @param addresses the instances, {@code host:port}
	 * @param content the content to send
	 * @param more further properties, {@code eas.key=value}
	 */
	EasPath(List<String> addresses, Content content, String... more) {
		this(content, properties(addresses, more));
	}

	private EasPath(Content content, List<String> properties) {
		this.context = Application.start(CallingApplication.class, properties);
		this.client = this.context.getBean(EasClient.class);
		this.content = content;
	}

	/**
	 * Creates a client with the meters and observations of an application with Actuator.
	 */
	static CallPath observed(List<String> addresses, Content content) {
		return new EasPath(content, service(addresses));
	}

	/**
	 * Returns the properties of a service {@code echo} with the given instances, without
	 * observability and by default without credentials.
	 */
	static List<String> properties(List<String> addresses, String... more) {
		List<String> properties = service(addresses, more);
		properties.add(UNOBSERVED);
		return properties;
	}

	private static List<String> service(List<String> addresses, String... more) {
		List<String> properties = new ArrayList<>(
				List.of("eas.services.echo.mode=static", "eas.services.echo.instances=" + String.join(",", addresses)));
		properties.addAll((more.length != 0) ? List.of(more) : List.of("eas.auth.scheme=none"));
		return properties;
	}

	@Override
	public void call(Turn turn) {
		this.client.predict(this.content.body(), this.content.type()).subscribe(turn);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
