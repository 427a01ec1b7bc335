package io.eas.client.call;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.Eas;
import io.eas.client.EasClients;
import io.eas.client.auth.AuthScheme;
import io.eas.http.EncodedBody;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import io.eas.service.ServiceSettings.Mode;
import io.eas.test.RawServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the load-balancing algorithm hears of streams that Spring's clients read.
 */
class AliasStreamTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Counts the attempts whose content it hears of. */
	private static final class Counted implements InstancePicker.Factory, RequestLoad, RequestLoad.AttemptLoad {

		private final AtomicInteger contents = new AtomicInteger();

		@Override
		public InstancePicker create(Candidates candidates) {
			return new WeightedRoundRobin(new Random(1)).create(candidates);
		}

		@Override
		public RequestLoad read(EncodedBody body) {
			return this;
		}

		@Override
		public RequestLoad.AttemptLoad start(InstanceState instance) {
			return this;
		}

		@Override
		public void content() {
			this.contents.incrementAndGet();
		}

		@Override
		public void ended(Outcome outcome) {
			// of no interest
		}

	}

	@ParameterizedTest
	@CsvSource({ "text/event-stream, 1", "text/plain, 0" })
	void firstBytesOfAStreamOfEventsAreItsContent(String type, int contents) throws Exception {
		Counted algorithm = new Counted();
		try (RawServer server = RawServer.start((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n");
			for (int n = 0; n < 3; n++) {
				RawServer.send(socket, "data:" + n + "\n\n");
			}
			socket.close();
		});
				EasClients clients = Eas.builder()
					.authScheme(AuthScheme.NONE)
					.mode(Mode.STATIC)
					.instances("127.0.0.1:" + server.port())
					.loadBalancer((loadBalancer) -> loadBalancer.algorithm(algorithm))
					.service("mnist")
					.build()) {
			assertThat(clients.webClient("mnist")
				.post()
				.bodyValue("hello")
				.retrieve()
				.bodyToFlux(String.class)
				.collectList()
				.block(PATIENCE)).isNotEmpty();
		}
		assertThat(algorithm.contents).hasValue(contents);
	}

}
