package io.eas.emulator;

import java.util.concurrent.atomic.AtomicInteger;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * A model as a process that speaks WebSocket at {@code …/echo}, with compression and the
 * subprotocol {@code tokens}: gives each frame back, says which token it was called with
 * where asked {@code who}, and closes with 4001 where told {@code bye}. A GET of
 * {@code …/open} says how many are open.
 */
public final class WebSocketModel {

	private static final int LARGEST = 4 * 1024 * 1024;

	private static final AtomicInteger OPEN = new AtomicInteger();

	private WebSocketModel() {
	}

	public static void main(String[] args) {
		WebsocketServerSpec spec = WebsocketServerSpec.builder()
			.protocols("tokens")
			.compress(true)
			.maxFramePayloadLength(LARGEST)
			.build();
		HttpServer.create()
			.host("127.0.0.1")
			.port(Integer.parseInt(System.getenv("PORT")))
			.route((routes) -> routes.ws("/api/predict/m/echo", WebSocketModel::echo, spec)
				.get("/api/predict/m/open",
						(request, response) -> response.sendString(Mono.just(String.valueOf(OPEN.get())))))
			.bindNow()
			.onDispose()
			.block();
	}

	private static Publisher<Void> echo(WebsocketInbound in, WebsocketOutbound out) {
		OPEN.incrementAndGet();
		return in.aggregateFrames(LARGEST).receive().asString().concatMap((text) -> switch (text) {
			case "who" -> Flux.from(out.sendString(Mono.just(in.headers().get("X-Caller", "nobody"))));
			case "bye" -> Flux.from(out.sendClose(4001, "enough"));
			default -> Flux.from(out.sendString(Mono.just(text)));
		}).doFinally((end) -> OPEN.decrementAndGet());
	}

}
