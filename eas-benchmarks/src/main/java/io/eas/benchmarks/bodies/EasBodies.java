package io.eas.benchmarks.bodies;

import io.eas.benchmarks.clients.Application;
import io.eas.client.EasClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;

/**
 * Transfers bodies with the {@link EasClient} that the starter creates. Response bodies
 * are held in memory, up to {@code http.max-in-memory-size}, except for streams.
 */
final class EasBodies implements BodyPath {

	private final ConfigurableApplicationContext context;

	private final EasClient client;

	EasBodies(String address) {
		this.context = Application.start(BodyApplication.class, BodyApplication.properties(address));
		this.client = this.context.getBean(EasClient.class);
	}

	@Override
	public Mono<Long> up(byte[] body) {
		return this.client.predict(body, String.class).map(Long::valueOf);
	}

	@Override
	public Mono<Long> down(String query, long bytes) {
		return this.client.get("").query(query, bytes).retrieve(byte[].class).map((body) -> (long) body.length);
	}

	@Override
	public Flux<Integer> stream(long bytes) {
		return this.client.get("").query(BodyServer.STREAM, bytes).retrieveFlux(DataBuffer.class).map(BodyPath::taken);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
