package io.eas.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.eas.test.RawServer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What Reactor Netty makes of a guarded connection, where calls of an {@code EasClient}
 * don't show it.
 */
class ConnectionGuardTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final byte[] LARGE = new byte[16 * 1024 * 1024];

	@Test
	void errorInALargeWriteFailsTheCallAtOnce() throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
		})) {
			Mono<Integer> call = status(guarded(server, new ChannelOutboundHandlerAdapter() {

				@Override
				public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
					ReferenceCountUtil.release(msg);
					promise.setFailure(new OutOfMemoryError("no memory for that"));
				}

			}), Mono.just(LARGE));
			assertThatExceptionOfType(ChannelException.class).isThrownBy(() -> call.block(PATIENCE))
				.havingCause()
				.isInstanceOf(OutOfMemoryError.class);
		}
	}

	@Test
	void errorInAReadFailsTheCallAtOnce() throws Exception {
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\n")) {
			Mono<Integer> call = status(guarded(server, new ChannelInboundHandlerAdapter() {

				@Override
				public void channelRead(ChannelHandlerContext ctx, Object msg) {
					ReferenceCountUtil.release(msg);
					ctx.fireExceptionCaught(new OutOfMemoryError("no memory for that"));
				}

			}), Mono.just(new byte[1]));
			assertThatExceptionOfType(ChannelException.class).isThrownBy(() -> call.block(PATIENCE));
		}
	}

	@Test
	void responseToAChunkedRequestIsReadDespiteTheResetThatFollows() throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 413 X\r\nContent-Length: 0\r\n\r\n");
			socket.setSoLinger(true, 0);
			socket.close();
		})) {
			for (int size : new int[] { 1024, 64 * 1024 }) {
				HttpClient client = guarded(server, new ChannelInboundHandlerAdapter());
				Flux<byte[]> parts = Flux.range(0, LARGE.length / size).map((i) -> new byte[size]);
				assertThat(status(client, parts).block(PATIENCE)).isEqualTo(413);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Le",
			"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", "HTTP/1.1 103 X\r\n\r\nHTTP/1.1 200 OK\r\n" })
	void connectionClosedWithinAHeadIsReportedAsClosed(String part) throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
			RawServer.send(socket, part);
			socket.close();
		})) {
			Mono<Integer> call = status(guarded(server, new ChannelInboundHandlerAdapter()), Mono.just(new byte[1]));
			assertThatThrownBy(() -> call.block(PATIENCE)).hasCauseInstanceOf(PrematureCloseException.class);
		}
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', delimiter = '|',
			value = { "SSH-2.0-OpenSSH_9.6\\r\\n | it begins with 'SSH-2.0-OpenSSH_9.6' instead of HTTP/",
					"220 mail.example.com ESMTP Postfix (Debian/GNU)\\r\\n"
							+ " | it begins with '220 mail.example.com ESMTP Postfix (Debi' instead of HTTP/",
					"\\25\\3\\1\\r\\n | it doesn't begin with HTTP/" })
	void anotherProtocolIsNamedByItsFirstLine(String answer, String reason) throws Exception {
		try (RawServer server = RawServer.answering(answer.translateEscapes())) {
			Mono<Integer> call = status(guarded(server, new ChannelInboundHandlerAdapter()), Mono.just(new byte[1]));
			assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> call.block(PATIENCE))
				.withMessage(reason)
				.matches((failure) -> !failure.isHttp());
		}
	}

	@Test
	void connectionToBeUpgradedIsLeftAlone() {
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpClientCodec());
		ConnectionGuard.install(channel);
		DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
		request.headers().set("Connection", "upgrade").set("Upgrade", "websocket");
		channel.writeOutbound(request);
		channel.releaseOutbound();
		channel.writeInbound(
				Unpooled.copiedBuffer("HTTP/1.1 101 X\r\nUpgrade: websocket\r\n\r\n", StandardCharsets.US_ASCII));
		assertThat(channel.<Object>readInbound()).asString().contains("101");
		assertThat(channel.isActive()).isTrue();
		channel.finishAndReleaseAll();
	}

	private static HttpClient guarded(RawServer server, ChannelHandler first) {
		return HttpClient.newConnection()
			.disableRetry(true)
			.host("127.0.0.1")
			.port(server.port())
			.doOnChannelInit((observer, channel, address) -> guard(channel, first));
	}

	private static void guard(Channel channel, ChannelHandler first) {
		channel.pipeline().addFirst(first);
		ConnectionGuard.install(channel);
	}

	private static Mono<Integer> status(HttpClient client, Publisher<byte[]> body) {
		return client.post()
			.uri("/")
			.send((body instanceof Mono<byte[]> whole) ? whole.map(Unpooled::wrappedBuffer)
					: ByteBufFlux.fromInbound(Flux.from(body)))
			.responseSingle((response, content) -> Mono.just(response.status().code()));
	}

}
