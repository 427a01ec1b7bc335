package io.eas.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.eas.client.auth.Authentication.Credentials;
import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceSource;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.prefix.PrefixAware;
import io.eas.loadbalancer.prefix.PrefixSettings;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Engines are asked for their load.
 */
class EngineLoadPollerTests {

	@Test
	void roundsGoOnAfterARequestThatCannotBeAuthenticated() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		AtomicBoolean failed = new AtomicBoolean();
		try (RawServer server = RawServer.start((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
			asked.countDown();
		})) {
			InstanceCache cache = new InstanceCache(Clock.systemUTC());
			cache.succeed(List.of(new EasInstance("127.0.0.1", server.port(), 100)), InstanceList.Source.STATIC);
			EngineLoadPoller poller = new EngineLoadPoller(new InstanceSource("test", cache, null, Instant.EPOCH),
					new PrefixAware(PrefixSettings.DEFAULTS, new Random(1), System::nanoTime),
					HttpClient.newConnection(), (request) -> {
						if (failed.compareAndSet(false, true)) {
							throw new IllegalStateException("no token yet");
						}
						return Credentials.NONE;
					}, "/metrics", Duration.ofMillis(100), Schedulers.parallel());
			poller.start();
			try {
				assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
			}
			finally {
				poller.stop();
			}
		}
	}

}
