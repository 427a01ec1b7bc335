package io.eas.client.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.eas.client.EasClient;
import io.eas.loadbalancer.EjectionListener.Cause;
import io.eas.service.EasService;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * An instance that took no connection is tried in the background until it takes one.
 */
class ConnectionCheckTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Far longer than a test takes: no trial comes by time. */
	private static final String[] LONG_EJECTIONS = { "eas.ejection.base-time=30m", "eas.ejection.max-time=30m" };

	private static final int LONGEST_PAUSE = 2000;

	@Test
	void instanceThatAcceptsConnectionsAgainIsUsedAgainWithoutAFailedCall() throws Exception {
		try (RawServer well = server(); Gone gone = new Gone()) {
			run(well, List.of(gone.address), (client, service) -> {
				callUntilEjected(client, service);
				assertThat(attempts(client, 200)).isEqualTo(200);
				try (RawServer back = gone.comeBack()) {
					long start = System.nanoTime();
					await().atMost(PATIENCE).until(() -> {
						assertThat(attempts(client, 10)).isEqualTo(10);
						return service.selector().ejected(service.cache().current()) == 0;
					});
					// a pause of 2 s at most, and what a busy machine takes
					assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
					// the check's connection and the calls'
					assertThat(back.connections()).isGreaterThan(1);
				}
			});
		}
	}

	@Test
	void checksEndWithTheApplication() throws Exception {
		try (RawServer well = server(); Gone gone = new Gone()) {
			run(well, List.of(gone.address), (client, service) -> callUntilEjected(client, service));
			try (ServerSocket back = gone.listen()) {
				back.setSoTimeout(2 * LONGEST_PAUSE);
				assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(back::accept);
			}
		}
	}

	@Test
	void checksEndOnceTheInstanceIsBack() throws Exception {
		try (RawServer well = server(); Gone gone = new Gone()) {
			run(well, List.of(gone.address), (client, service) -> {
				callUntilEjected(client, service);
				try (RawServer back = gone.comeBack()) {
					await().atMost(PATIENCE).until(() -> {
						attempts(client, 10);
						return service.selector().ejected(service.cache().current()) == 0;
					});
					int connections = back.connections();
					RawServer.pause(2 * LONGEST_PAUSE);
					assertThat(back.connections()).isEqualTo(connections);
				}
			});
		}
	}

	@Test
	void manyInstancesAreAllCheckedInTurn() throws Exception {
		List<Gone> gone = IntStream.range(0, 3 * ConnectionChecks.MOST_AT_ONCE).mapToObj((i) -> new Gone()).toList();
		try (RawServer well = server()) {
			run(well, gone.stream().map((instance) -> instance.address).toList(), (client, service) -> {
				List<RawServer> back = new ArrayList<>();
				try {
					await().atMost(PATIENCE).until(() -> {
						client.get("").retrieve(String.class).onErrorReturn("failed").block(PATIENCE);
						return service.selector().ejected(service.cache().current()) == gone.size();
					});
					gone.forEach((instance) -> back.add(instance.comeBack()));
					await().atMost(PATIENCE).until(() -> {
						attempts(client, 200);
						return service.selector().ejected(service.cache().current()) == 0;
					});
				}
				finally {
					for (RawServer server : back) {
						server.close();
					}
				}
			}, "eas.ejection.max-percent=100");
		}
	}

	private static void callUntilEjected(EasClient client, EasService service) {
		await().atMost(PATIENCE).until(() -> {
			attempts(client, 4);
			return service.selector()
				.states()
				.stream()
				.anyMatch((state) -> service.selector().ejectionCause(state.instance()) == Cause.NO_CONNECTION);
		});
	}

	/** How many attempts so many calls took. */
	private static int attempts(EasClient client, int calls) {
		return Flux.range(0, calls)
			.concatMap((i) -> client.get("").toEntity(String.class))
			.collectList()
			.block(PATIENCE)
			.stream()
			.mapToInt((answer) -> answer.attempts())
			.sum();
	}

	private static RawServer server() {
		return RawServer.keepingConnections(
				(socket, request) -> RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
	}

	private static void run(RawServer well, List<InetSocketAddress> others, Body test, String... properties) {
		List<String> instances = new ArrayList<>(List.of("127.0.0.1:" + well.port()));
		others.forEach((address) -> instances.add("127.0.0.1:" + address.getPort()));
		LocalEas.application()
			.withPropertyValues("eas.services.raw.mode=static", "eas.services.raw.auth.scheme=none",
					"eas.services.raw.instances=" + String.join(",", instances))
			.withPropertyValues(LONG_EJECTIONS)
			.withPropertyValues(properties)
			.run((context) -> test.accept(context.getBean(EasClient.class), RawService.service(context)));
	}

	/** An address that is held, and where nobody listens for now. */
	private static final class Gone implements AutoCloseable {

		private final Socket holder = new Socket();

		private final InetSocketAddress address;

		Gone() {
			try {
				this.holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.address = (InetSocketAddress) this.holder.getLocalSocketAddress();
		}

		ServerSocket listen() throws IOException {
			this.holder.close();
			return new ServerSocket(this.address.getPort(), 50, InetAddress.getLoopbackAddress());
		}

		RawServer comeBack() {
			close();
			return RawServer.keepingConnections(this.address.getPort(),
					(socket, request) -> RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
		}

		@Override
		public void close() {
			try {
				this.holder.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/** A test's body. */
	@FunctionalInterface
	private interface Body {

		void accept(EasClient client, EasService service) throws Exception;

	}

}
