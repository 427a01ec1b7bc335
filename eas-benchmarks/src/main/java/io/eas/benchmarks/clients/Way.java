package io.eas.benchmarks.clients;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

import io.eas.benchmarks.load.Outcome;
import io.eas.client.EasClients;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * The clients of an alias besides the reactive {@code EasClient}. They don't report how
 * many attempts a call took.
 */
public enum Way {

	/** The {@code RestClient} of the alias. */
	REST_CLIENT("RestClient of the alias", (context) -> {
		RestClient client = context.getBean(EasClients.class).restClient("echo");
		return waiting(() -> client.post()
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.body(Body.BYTES)
			.retrieve()
			.body(byte[].class));
	}),

	/** The {@code WebClient} of the alias. */
	WEB_CLIENT("WebClient of the alias", (context) -> {
		WebClient client = context.getBean(EasClients.class).webClient("echo");
		return client.post()
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.bodyValue(Body.BYTES)
			.retrieve()
			.bodyToMono(byte[].class);
	}),

	/** An HTTP interface in a group with the name of the alias. */
	HTTP_INTERFACE("HTTP interface", (context) -> {
		Echo client = context.getBean(Echo.class);
		return waiting(() -> client.echo(Body.BYTES));
	}),

	/** The {@code EasClient} with blocking calls. */
	BLOCKING("EasClient, blocking", (context) -> {
		EasClients clients = context.getBean(EasClients.class);
		return waiting(() -> clients.get("echo").blocking().predict(Body.BYTES, byte[].class));
	});

	private final String label;

	@SuppressWarnings("ImmutableEnumChecker") // all are lambdas without state
	private final Function<ConfigurableApplicationContext, Mono<byte[]>> call;

	Way(String label, Function<ConfigurableApplicationContext, Mono<byte[]>> call) {
		this.label = label;
		this.call = call;
	}

	private static Mono<byte[]> waiting(Callable<byte @Nullable []> call) {
		return Mono.<byte[]>fromCallable(call).subscribeOn(Schedulers.boundedElastic());
	}

	/**
	 * Starts a client.
	 * @param addresses the instances, {@code host:port}
	 * @param timeouts the timeouts of the client
	 * @param properties further properties, {@code eas.key=value}
	 * @return the client, ready to call
	 */
	public Client start(List<String> addresses, Timeouts timeouts, List<String> properties) {
		ConfigurableApplicationContext context = Application.start(WayApplication.class,
				EasCaller.properties(timeouts, EasCaller.fixed(addresses), properties));
		Mono<Outcome> outcome = this.call.apply(context)
			.map((answer) -> Outcome.answered(1))
			.onErrorResume((failure) -> Mono.just(new Outcome(1, failure)));
		return new Client() {

			@Override
			public Mono<Outcome> call() {
				return outcome;
			}

			@Override
			public void close() {
				context.close();
			}

		};
	}

	@Override
	public String toString() {
		return this.label;
	}

	/** An application with the complete auto-configuration and the HTTP interface. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "echo", types = Echo.class)
	static class WayApplication {

	}

	/** The HTTP interface of an echo service. */
	interface Echo {

		/**
		 * Makes a call.
		 * @param body the request body
		 * @return the response body, which equals the request body
		 */
		@PostExchange(contentType = MediaType.APPLICATION_OCTET_STREAM_VALUE)
		byte @Nullable [] echo(@RequestBody byte[] body);

	}

}
