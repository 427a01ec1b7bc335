package io.eas.benchmarks.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.benchmarks.load.Outcome;
import io.netty.channel.ChannelOption;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A load-balanced {@link WebClient} over a fixed list, with Spring Cloud's retries, each
 * on the next instance.
 */
final class SpringClient implements Client {

	private static final String ATTEMPTS = "attempts";

	private final ConfigurableApplicationContext context;

	private final WebClient client;

	SpringClient(List<String> addresses, Timeouts timeouts) {
		this.context = Application.start(SpringApplication.class, properties(addresses));
		// added after the retry filter, so that this filter sees each attempt
		this.client = this.context.getBean(WebClient.Builder.class)
			.clientConnector(new ReactorClientHttpConnector(http(timeouts)))
			.filter(SpringClient::count)
			.build();
	}

	private static List<String> properties(List<String> addresses) {
		List<String> properties = new ArrayList<>(List.of("eas.enabled=false",
				"spring.cloud.loadbalancer.retry.enabled=true",
				"spring.cloud.loadbalancer.retry.retry-on-all-operations=true",
				"spring.cloud.loadbalancer.retry.max-retries-on-next-service-instance=" + (Timeouts.ATTEMPTS - 1)));
		for (int i = 0; i < addresses.size(); i++) {
			properties
				.add("spring.cloud.discovery.client.simple.instances.echo[" + i + "].uri=http://" + addresses.get(i));
		}
		return properties;
	}

	private static HttpClient http(Timeouts timeouts) {
		return HttpClient.create()
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeouts.connect().toMillis())
			.responseTimeout(timeouts.response());
	}

	private static Mono<ClientResponse> count(ClientRequest request, ExchangeFunction next) {
		if (request.attribute(ATTEMPTS).orElse(null) instanceof AtomicInteger attempts) {
			attempts.incrementAndGet();
		}
		return next.exchange(request);
	}

	@Override
	public Mono<Outcome> call() {
		return Mono.defer(() -> {
			AtomicInteger attempts = new AtomicInteger();
			return this.client.post()
				.uri("http://echo/")
				.attribute(ATTEMPTS, attempts)
				.contentType(MediaType.APPLICATION_OCTET_STREAM)
				.bodyValue(Body.BYTES)
				.retrieve()
				.bodyToMono(byte[].class)
				.map((body) -> Outcome.answered(attempts.get()))
				.onErrorResume((failure) -> Mono.just(new Outcome(attempts.get(), failure)));
		});
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * An application with the complete auto-configuration and a load-balanced
	 * {@code WebClient} builder, which is not auto-configured.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SpringApplication {

		@Bean
		@LoadBalanced
		WebClient.Builder loadBalanced() {
			return WebClient.builder();
		}

	}

}
