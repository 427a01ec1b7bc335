package io.eas.benchmarks.bodies;

import io.eas.benchmarks.clients.Application;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Transfers bodies of any size with {@link WebClient}, which calls a fixed instance or
 * uses the starter's load balancer.
 */
final class WebClientBodies implements BodyPath {

	private final WebClient client;

	private final Runnable end;

	private WebClientBodies(WebClient.Builder builder, Runnable end) {
		this.client = builder.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1)).build();
		this.end = end;
	}

	/** Creates a client without a load balancer. */
	static BodyPath fixed(String address) {
		return new WebClientBodies(WebClient.builder().baseUrl("http://" + address), () -> {
		});
	}

	/** Creates a client with the starter's load balancer. */
	static BodyPath balanced(String address) {
		ConfigurableApplicationContext context = Application.start(BodyApplication.class,
				BodyApplication.properties(address));
		return new WebClientBodies(context.getBean(WebClient.Builder.class).baseUrl("http://echo"), context::close);
	}

	@Override
	public Mono<Long> up(byte[] body) {
		return this.client.post()
			.uri("/")
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.bodyValue(body)
			.retrieve()
			.bodyToMono(String.class)
			.map(Long::valueOf);
	}

	@Override
	public Mono<Long> down(String query, long bytes) {
		return get(query, bytes).bodyToMono(byte[].class).map((body) -> (long) body.length);
	}

	@Override
	public Flux<Integer> stream(long bytes) {
		return get(BodyServer.STREAM, bytes).bodyToFlux(DataBuffer.class).map(BodyPath::taken);
	}

	private WebClient.ResponseSpec get(String query, long bytes) {
		return this.client.get().uri("/?" + query + "=" + bytes).retrieve();
	}

	@Override
	public void close() {
		this.end.run();
	}

}
