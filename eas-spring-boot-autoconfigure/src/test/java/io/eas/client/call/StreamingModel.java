package io.eas.client.call;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import io.eas.client.EasClient;
import io.eas.loadbalancer.InstanceState;
import io.eas.service.EasServices;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * A model of two instances that stream, over real sockets, and an application that calls
 * it.
 */
abstract class StreamingModel {

	static final Duration PATIENCE = Duration.ofSeconds(30);

	static final String EVENTS = "text/event-stream";

	/** What an instance answers. */
	final AtomicReference<BiFunction<Integer, HttpServerResponse, Publisher<Void>>> model = new AtomicReference<>();

	final CountDownLatch closed = new CountDownLatch(1);

	final AtomicInteger connections = new AtomicInteger();

	/** The application ends those that are everybody's. */
	private final LoopResources loops = LoopResources.create("model", 1, true);

	private final List<DisposableServer> instances = List.of(instance(0), instance(1));

	@AfterEach
	void stop() {
		this.instances.forEach(DisposableServer::disposeNow);
		this.loops.dispose();
	}

	private DisposableServer instance(int index) {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.runOn(this.loops)
			.doOnChannelInit((observer, channel, client) -> {
				this.connections.incrementAndGet();
				channel.closeFuture().addListener((end) -> this.closed.countDown());
			})
			.handle((HttpServerRequest request, HttpServerResponse response) -> request.receive()
				.then()
				.thenMany(Flux.from(this.model.get().apply(index, response))))
			.bindNow();
	}

	final void answer(String contentType, Flux<String> parts) {
		this.model.set((index, response) -> response.header("Content-Type", contentType)
			.send(parts.map((part) -> Unpooled.copiedBuffer(part, StandardCharsets.UTF_8)), (bytes) -> true));
	}

	final void run(Consumer<EasClient> test, String... properties) {
		application(properties).run((context) -> test.accept(context.getBean(EasClient.class)));
	}

	final ApplicationContextRunner application(String... properties) {
		return LocalEas.application()
			.withPropertyValues("eas.services.echo.mode=static", "eas.auth.scheme=none",
					"eas.services.echo.instances=127.0.0.1:" + this.instances.get(0).port() + ",127.0.0.1:"
							+ this.instances.get(1).port())
			.withPropertyValues(properties);
	}

	static int inFlight(EasServices services) {
		return services.service("echo").selector().states().stream().mapToInt(InstanceState::inFlight).sum();
	}

	static String text(Flux<String> parts) {
		return String.join("", Objects.requireNonNull(parts.collectList().block(PATIENCE)));
	}

}
