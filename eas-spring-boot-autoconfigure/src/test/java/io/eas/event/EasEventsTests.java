package io.eas.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import io.eas.client.EasClient;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import io.eas.event.EasEvent.InstanceEjected;
import io.eas.event.EasEvent.InstanceRestored;
import io.eas.event.EasEvent.InstancesChanged;
import io.eas.event.EasEvent.ListFresh;
import io.eas.event.EasEvent.ListStale;
import io.eas.loadbalancer.EjectionListener.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The events that an application receives, over real sockets.
 */
@ExtendWith(OutputCaptureExtension.class)
class EasEventsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100, 100);

	@AfterEach
	void stop() {
		this.eas.close();
	}

	@Test
	void addedAndRemovedInstancesArePublished() {
		application().run((context) -> {
			Events events = context.getBean(Events.class);
			InstancesChanged first = events.next(InstancesChanged.class);
			assertThat(first.service()).isEqualTo("echo");
			assertThat(first.at()).isBeforeOrEqualTo(Instant.now());
			assertThat(first.added()).hasSize(2);
			assertThat(first.removed()).isEmpty();
			String gone = this.eas.service("echo").instance(0).address();
			this.eas.service("echo").instance(0).unlist();
			InstancesChanged second = events.next(InstancesChanged.class);
			assertThat(second.added()).isEmpty();
			assertThat(second.removed()).singleElement().satisfies((one) -> assertThat(one.address()).isEqualTo(gone));
		});
	}

	@Test
	void ejectionAndReturnArePublishedOnceEach() {
		application("eas.ejection.base-time=100ms").run((context) -> {
			Events events = context.getBean(Events.class);
			this.eas.service("echo").instance(0).status(503);
			call(context.getBean(EasClient.class), 30);
			InstanceEjected ejected = events.next(InstanceEjected.class);
			assertThat(ejected.instance().address()).isEqualTo(this.eas.service("echo").instance(0).address());
			assertThat(ejected.cause()).isEqualTo(Cause.FAILURES);
			assertThat(ejected.reason()).isEqualTo("3 failure(s) in a row, the last: status 503");
			this.eas.service("echo").instance(0).heal();
			await().atMost(PATIENCE).until(() -> {
				call(context.getBean(EasClient.class), 5);
				return events.has(InstanceRestored.class);
			});
			assertThat(events.next(InstanceRestored.class).instance()).isEqualTo(ejected.instance());
			assertThat(events.has(InstanceEjected.class)).isFalse();
		});
	}

	@Test
	void listThatTurnsStaleAndFreshAgainIsPublishedOnceEach() {
		application("eas.health.stale-after=300ms").run((context) -> {
			Events events = context.getBean(Events.class);
			this.eas.discovery().status(500);
			ListStale stale = events.next(ListStale.class);
			assertThat(stale.age()).isGreaterThan(Duration.ofMillis(300));
			assertThat(stale.reason()).contains("status 500");
			this.eas.discovery().heal();
			events.next(ListFresh.class);
			assertThat(events.has(ListStale.class)).isFalse();
		});
	}

	@Test
	void listenerThatThrowsHarmsNothing(CapturedOutput output) {
		application("eas.ejection.base-time=1m").withBean(Throwing.class).run((context) -> {
			this.eas.service("echo").instance(0).refuse();
			call(context.getBean(EasClient.class), 10);
			context.getBean(Events.class).next(InstanceEjected.class);
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(output).containsOnlyOnce("an event about instances could not be"));
		});
	}

	@Test
	void listenerThatBlocksDelaysNeitherCallsNorTheEndOfTheApplication() {
		application().withBean(Blocking.class).run((context) -> {
			call(context.getBean(EasClient.class), 10);
			await().atMost(PATIENCE).until(() -> context.getBean(Blocking.class).entered.getCount() == 0);
			call(context.getBean(EasClient.class), 10);
		});
		await().atMost(PATIENCE)
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().startsWith("eas-events")));
	}

	@Test
	void listenerMayCloseTheApplication() {
		application().withBean(Closing.class).run((context) -> {
			context.getBean(Events.class).next(InstancesChanged.class);
			Closing closing = context.getBean(Closing.class);
			this.eas.service("echo").instance(0).unlist();
			assertThat(closing.interrupted).succeedsWithin(PATIENCE).isEqualTo(false);
			assertThat(context.getSourceApplicationContext(ConfigurableApplicationContext.class).isActive()).isFalse();
		});
	}

	private ApplicationContextRunner application(String... properties) {
		return LocalEas.application(this.eas, properties).withBean(Events.class);
	}

	private static void call(EasClient client, int calls) {
		Flux.range(0, calls).concatMap((n) -> client.post("").body("[1]").retrieve(String.class)).blockLast(PATIENCE);
	}

	/** The events that have arrived and that no test has looked at. */
	static class Events {

		private final Queue<EasEvent> arrived = new ConcurrentLinkedQueue<>();

		@EventListener
		void arrived(EasEvent event) {
			this.arrived.add(event);
		}

		boolean has(Class<? extends EasEvent> type) {
			return this.arrived.stream().anyMatch(type::isInstance);
		}

		/** Waits for an event, and forgets it and those before it. */
		<E extends EasEvent> E next(Class<E> type) {
			await().atMost(PATIENCE).until(() -> has(type));
			List<EasEvent> all = List.copyOf(this.arrived);
			for (EasEvent event : all) {
				this.arrived.remove();
				if (type.isInstance(event)) {
					return type.cast(event);
				}
			}
			throw new IllegalStateException();
		}

	}

	/** A listener of the application that throws. */
	static class Throwing {

		@EventListener
		void ejected(InstanceEjected event) {
			throw new IllegalStateException("no mail server");
		}

		@EventListener
		void changed(InstancesChanged event) {
			throw new AssertionError("not even that");
		}

	}

	/** A listener of the application that closes it once an instance is gone. */
	static class Closing {

		private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

		private final ConfigurableApplicationContext context;

		Closing(ConfigurableApplicationContext context) {
			this.context = context;
		}

		@EventListener
		void changed(InstancesChanged event) {
			if (!event.removed().isEmpty()) {
				this.context.close();
				this.interrupted.complete(Thread.currentThread().isInterrupted());
			}
		}

	}

	/** A listener of the application that doesn't return. */
	static class Blocking {

		private final CountDownLatch entered = new CountDownLatch(1);

		@EventListener
		void changed(InstancesChanged event) throws InterruptedException {
			this.entered.countDown();
			new CountDownLatch(1).await();
		}

	}

}
