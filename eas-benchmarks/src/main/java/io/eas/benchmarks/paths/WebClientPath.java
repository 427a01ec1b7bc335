package io.eas.benchmarks.paths;

import java.util.ArrayList;
import java.util.List;

import io.eas.benchmarks.clients.Application;
import io.eas.client.EasClients;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes calls with {@link WebClient}, to a fixed instance or with load balancing.
 */
final class WebClientPath implements CallPath {

	private final WebClient client;

	private final Content content;

	private final Runnable end;

	private WebClientPath(WebClient client, Content content, Runnable end) {
		this.client = client;
		this.content = content;
		this.end = end;
	}

	/**
	 * Creates a client that calls the first instance only.
	 */
	static CallPath fixed(List<String> addresses, Content content) {
		return new WebClientPath(WebClient.create("http://" + addresses.get(0)), content, () -> {
		});
	}

	/**
	 * Creates a client with Spring Cloud's load balancer over a fixed list.
	 */
	static CallPath springLoadBalanced(List<String> addresses, boolean retry) {
		List<String> properties = new ArrayList<>(
				List.of("eas.enabled=false", "spring.cloud.loadbalancer.retry.enabled=" + retry,
						"spring.cloud.loadbalancer.retry.retry-on-all-operations=true"));
		for (int i = 0; i < addresses.size(); i++) {
			properties
				.add("spring.cloud.discovery.client.simple.instances.echo[" + i + "].uri=http://" + addresses.get(i));
		}
		return loadBalanced(properties);
	}

	/**
	 * Creates a client with the starter's load balancer and its filter.
	 */
	static CallPath easLoadBalanced(List<String> addresses) {
		return loadBalanced(EasPath.properties(addresses));
	}

	/**
	 * Creates the {@code WebClient} of an alias. Like the fixed client, it has Spring's
	 * defaults.
	 */
	static CallPath ofAlias(List<String> addresses) {
		ConfigurableApplicationContext context = Application.start(CallingApplication.class,
				EasPath.properties(addresses));
		return new WebClientPath(context.getBean(EasClients.class).webClient("echo"), Content.BYTES, context::close);
	}

	private static CallPath loadBalanced(List<String> properties) {
		ConfigurableApplicationContext context = Application.start(CallingApplication.class, properties);
		WebClient client = context.getBean(WebClient.Builder.class).baseUrl("http://echo").build();
		return new WebClientPath(client, Content.BYTES, context::close);
	}

	@Override
	public void call(Turn turn) {
		this.client.post()
			.uri("/")
			.contentType(this.content.mediaType())
			.bodyValue(this.content.body())
			.retrieve()
			.bodyToMono(this.content.type())
			.subscribe(turn);
	}

	@Override
	public void close() {
		this.end.run();
	}

}
