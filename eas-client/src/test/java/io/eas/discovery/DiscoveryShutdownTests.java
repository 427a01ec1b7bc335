package io.eas.discovery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.eas.instance.InstanceList;
import io.eas.service.EasThreads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left behind: nothing.
 */
class DiscoveryShutdownTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Test
	void stopClosesTheConnectionOfThePollUnderWayAndEndsItsThreads() throws InterruptedException {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		DisposableServer silent = TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.doOnConnection((connection) -> connection.onDispose(closed::countDown))
			.handle((in, out) -> in.receive().doOnNext((bytes) -> asked.countDown()).then(Mono.never()))
			.bindNow(PATIENCE);
		EasThreads threads = new EasThreads();
		try {
			String endpoint = "http://127.0.0.1:" + silent.port();
			HttpInstanceDiscovery discovery = new HttpInstanceDiscovery(HttpClient.newConnection().baseUrl(endpoint),
					endpoint, List.of("/upstreams"), Duration.ofMinutes(1), 1024, AllowedNetworks.of(List.of()),
					threads.timer());
			DiscoveryPoller poller = new DiscoveryPoller("mnist", discovery, new InstanceCache(Clock.systemUTC()),
					new PollSchedule(Duration.ofMillis(10), 0), new Silent(), threads.polls(), new Random(1));
			poller.start();
			assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			poller.stop();
			assertThat(closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		finally {
			threads.close();
			silent.disposeNow(PATIENCE);
		}
	}

	@Test
	void noThreadIsLeftAfterClose() throws InterruptedException {
		List<Thread> before = ours();
		EasThreads threads = new EasThreads();
		CountDownLatch polls = new CountDownLatch(5);
		DiscoveryPoller poller = new DiscoveryPoller("mnist", () -> {
			polls.countDown();
			return Mono.<DiscoveryAnswer>never().timeout(Duration.ofMillis(10), threads.timer());
		}, new InstanceCache(Clock.systemUTC()), new PollSchedule(Duration.ofMillis(10), 0), new Silent(),
				threads.polls(), new Random(1));
		poller.start();
		assertThat(polls.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		List<Thread> started = ours().stream().filter((thread) -> !before.contains(thread)).toList();
		assertThat(started).isNotEmpty().allMatch(Thread::isDaemon);
		poller.stop();
		threads.close();
		for (Thread thread : started) {
			thread.join(PATIENCE.toMillis());
			assertThat(thread.isAlive()).as(thread.getName()).isFalse();
		}
	}

	private static List<Thread> ours() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("eas-"))
			.toList();
	}

	/** Doesn't care. */
	private static final class Silent implements PollListener {

		@Override
		public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
		}

		@Override
		public void failed(DiscoveryState state) {
		}

	}

}
