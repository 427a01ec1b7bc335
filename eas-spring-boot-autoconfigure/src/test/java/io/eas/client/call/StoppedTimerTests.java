package io.eas.client.call;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.client.EasException;
import io.eas.client.EasNoInstanceException;
import io.eas.client.EasTimeoutException;
import io.eas.service.EasThreads;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of calls whose limits are watched when the application stops.
 */
class StoppedTimerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Test
	void closingTheThreadsRunsEveryTaskThatIsStillWatched() {
		AtomicInteger run = new AtomicInteger();
		EasThreads threads = new EasThreads();
		threads.deadlines().newTimeout((timeout) -> {
			run.incrementAndGet();
			throw new IllegalStateException("broken");
		}, 1, TimeUnit.HOURS);
		threads.deadlines().newTimeout((timeout) -> run.incrementAndGet(), 1, TimeUnit.HOURS);
		threads.close();
		assertThat(run).hasValue(2);
	}

	@Test
	void callFailsOnceTheTimerHasStopped() throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
		})) {
			RawService.run(List.of(server), (client, context) -> {
				var call = client.get("").timeout(Duration.ofHours(1)).retrieve(String.class).materialize().toFuture();
				await().atMost(PATIENCE).until(() -> !server.requests().isEmpty());
				context.getBean(EasThreads.class).close();
				assertThatExceptionOfType(EasNoInstanceException.class).isThrownBy(() -> {
					throw call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getThrowable();
				}).withMessageContaining("the application is stopping");
			}, "eas.http.response-timeout=1h");
		}
	}

	/** Who sleeps there holds up nobody else's time-outs. */
	@Test
	void noSubscriberIsNotifiedOnASharedThread() throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
		})) {
			RawService.run(List.of(server), (client, context) -> {
				for (Mono<?> call : List.of(client.get("").timeout(Duration.ofMillis(100)).retrieve(String.class),
						client.get("").responseTimeout(Duration.ofMillis(100)).retrieve(String.class),
						client.get("").firstEventTimeout(Duration.ofMillis(100)).retrieveFlux(String.class).then())) {
					assertThat(call.then(Mono.just("answered"))
						.onErrorResume(EasTimeoutException.class, (ex) -> Mono.just(Thread.currentThread().getName()))
						.block(PATIENCE)).startsWith("boundedElastic-");
				}
			});
			RawService.run(List.of(server),
					(client, context) -> assertThat(client.get("")
						.timeout(Duration.ofMillis(100))
						.retrieve(String.class)
						.onErrorResume((ex) -> Mono.just(Thread.currentThread().getName()))
						.block(PATIENCE)).startsWith("boundedElastic-"),
					"eas.services.raw.mode=direct", "eas.services.raw.endpoint=127.0.0.1:1",
					"eas.discovery.startup=lazy");
		}
	}

	@Test
	void callThatWaitsForAConnectionEndsWithTheApplication() throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
		})) {
			RawService.run(List.of(server), (client, context) -> {
				Mono<String> call = client.get("").timeout(Duration.ofHours(1)).retrieve(String.class);
				var holding = call.materialize().toFuture();
				await().atMost(PATIENCE).until(() -> !server.requests().isEmpty());
				var waiting = call.materialize().toFuture();
				((ConfigurableApplicationContext) context).close();
				for (var ended : List.of(holding, waiting)) {
					assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getThrowable())
						.isInstanceOf(EasException.class)
						.hasMessageContaining("the application is stopping");
				}
			}, "eas.http.max-connections-per-instance=1", "eas.http.pending-acquire-timeout=1m",
					"eas.http.response-timeout=1h");
		}
	}

}
