package io.eas.client.call;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.eas.client.EasClient;
import io.eas.properties.EasServicesBinder;
import io.eas.properties.ServiceOverrides;
import io.eas.service.EasService;
import io.eas.service.EasServiceFactory;
import io.eas.service.EasThreads;
import io.eas.service.ServiceListeners;
import io.eas.test.RawServer;
import io.github.resilience4j.retry.RetryRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.http.codec.ClientCodecConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls whose subscribers leave just as their answers begin, on another thread: aimed at
 * the microsecond in which Reactor Netty passes the connection on.
 */
class CancelledAsAnsweredTests {

	private static final int CALLS = 1500;

	/** A busy machine seldom lets the other thread be in time. */
	private static final int MOST_CALLS = 20 * CALLS;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	/** Who leaves next, once its answer has begun. */
	private final AtomicReference<@Nullable Disposable> leaving = new AtomicReference<>();

	/** Whose answer is awaited. */
	private final AtomicReference<@Nullable Disposable> call = new AtomicReference<>();

	private volatile boolean over;

	private final AtomicInteger begun = new AtomicInteger();

	/** How many calls were over before they knew of their answers. */
	private final AtomicInteger early = new AtomicInteger();

	@Test
	void callsCancelledOnResponseLeakNoConnection() throws Exception {
		Thread leaver = new Thread(this::leave, "leaver");
		leaver.start();
		try (RawServer server = RawServer.keepingConnections((socket, request) -> RawServer.send(socket, ANSWER));
				EasThreads threads = new EasThreads();
				EasService service = service(server, threads)) {
			service.start();
			for (int n = 0; n < CALLS || (this.early.get() <= CALLS / 100 && n < MOST_CALLS); n++) {
				assertThat(leaveAsItIsAnswered(service.client())).as("call %d", n).isNull();
			}
			assertThat(this.begun).hasValueGreaterThan(CALLS / 2);
			assertThat(this.early).hasValueGreaterThan(CALLS / 100);
			assertThat(service.client().post("").retrieve(String.class).block(PATIENCE)).isEqualTo("ok");
		}
		finally {
			this.over = true;
			leaver.join();
		}
	}

	/**
	 * Why the call failed, as it does where no connection can be had; null if it left.
	 */
	private @Nullable Throwable leaveAsItIsAnswered(EasClient client) throws InterruptedException {
		CountDownLatch end = new CountDownLatch(1);
		AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
		this.call.set(client.post("")
			.retrieve(String.class)
			.doOnCancel(this.early::incrementAndGet)
			.doFinally((signal) -> end.countDown())
			.subscribe((answer) -> {
			}, failed::set));
		assertThat(end.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		return failed.get();
	}

	/** On the connection's thread, once the head is there, before anybody has it. */
	private void answered() {
		Disposable next = null;
		for (int n = 0; next == null && n < 1_000_000; n++) {
			next = this.call.getAndSet(null);
			Thread.onSpinWait();
		}
		this.leaving.set(next);
		for (int n = this.begun.incrementAndGet() % 64; n > 0; n--) {
			Thread.onSpinWait();
		}
	}

	private void leave() {
		while (!this.over) {
			Disposable next = this.leaving.getAndSet(null);
			if (next != null) {
				next.dispose();
			}
			Thread.onSpinWait();
		}
	}

	private EasService service(RawServer server, EasThreads threads) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("test",
					Map.of("eas.services.raw.mode", "static", "eas.services.raw.auth.scheme", "none",
							"eas.services.raw.instances", "127.0.0.1:" + server.port(),
							"eas.services.raw.http.max-connections-per-instance", "1",
							"eas.services.raw.http.request-timeout", "5s")));
		return new EasServiceFactory(ClientCodecConfigurer::create, RetryRegistry.ofDefaults(),
				(client) -> client.doOnResponse((response, connection) -> answered()), threads,
				(alias) -> ServiceListeners.NONE, Clock.systemUTC())
			.create("raw", new EasServicesBinder(environment).bind("raw").settings(ServiceOverrides.NONE));
	}

}
