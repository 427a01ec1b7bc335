package io.eas.emulator.net;

import java.util.Objects;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;

/**
 * A tunnel for a WebSocket between a caller and a port of this machine. The handshake is
 * forwarded with the caller's headers. From then on bytes pass unchanged in both
 * directions, including the response to the handshake, so that the two sides themselves
 * negotiate subprotocols and extensions and close the WebSocket. If one connection ends,
 * the other is closed too. Thread-safe.
 */
final class Tunnel {

	private final TcpClient client;

	Tunnel(Network network) {
		this.client = TcpClient.create(ConnectionProvider.newConnection()).runOn(network.loops()).host(Loopback.HOST);
	}

	/**
	 * Opens a tunnel.
	 * @param port the port to connect to
	 * @param handshake the request for the WebSocket
	 * @param response the caller's side
	 * @return cold; fails if nothing listens on the port, and never completes otherwise
	 */
	Mono<Void> open(int port, WireRequest handshake, HttpServerResponse response) {
		return this.client.port(port).connect().flatMap((connection) -> {
			response.withConnection((caller) -> join(caller.channel(), connection.channel(), head(handshake)));
			return Mono.never();
		});
	}

	private static HttpRequest head(WireRequest handshake) {
		HttpHeaders headers = new DefaultHttpHeaders();
		EndToEndHeaders.copy(handshake.headers(), headers);
		headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
		headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
		return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(handshake.method()), handshake.uri(),
				Unpooled.wrappedBuffer(handshake.body()), headers, new DefaultHttpHeaders());
	}

	/**
	 * Connects both ends. Each end is installed on its own event loop before the first
	 * byte passes.
	 */
	private static void join(Channel caller, Channel instance, HttpRequest head) {
		End near = new End();
		End far = new End();
		near.other = far;
		far.other = near;
		caller.eventLoop().execute(() -> {
			caller.pipeline().addFirst(near);
			instance.eventLoop().execute(() -> {
				instance.pipeline().addFirst(far);
				far.send(head);
				caller.eventLoop().execute(near::read);
			});
		});
	}

	/**
	 * One of the two connections, without HTTP codecs. Reads again once the other
	 * connection has written the bytes read before.
	 */
	private static final class End extends ChannelInboundHandlerAdapter {

		private @Nullable End other;

		private @Nullable ChannelHandlerContext ctx;

		@Override
		public void handlerAdded(ChannelHandlerContext ctx) {
			this.ctx = ctx;
			ctx.channel().config().setAutoRead(false);
		}

		void send(HttpRequest head) {
			ByteTargetEncoder encoder = new ByteTargetEncoder();
			context().pipeline().addFirst(encoder);
			context().writeAndFlush(head).addListener((written) -> read());
			context().pipeline().remove(encoder);
		}

		void read() {
			if (context().channel().isActive()) {
				context().read();
			}
			else {
				other().close();
			}
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object bytes) {
			other().write(bytes).addListener((written) -> {
				if (written.isSuccess()) {
					ctx.read();
				}
				else {
					close();
				}
			});
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) {
			// channelRead requests the next read, so the event isn't passed on
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) throws Exception {
			other().close();
			super.channelInactive(ctx);
		}

		private ChannelFuture write(Object bytes) {
			return context().writeAndFlush(bytes);
		}

		@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the result
		private void close() {
			ChannelHandlerContext known = this.ctx;
			// an end that is not installed yet notices the close with its first read
			if (known != null) {
				known.close();
			}
		}

		private End other() {
			return Objects.requireNonNull(this.other);
		}

		private ChannelHandlerContext context() {
			return Objects.requireNonNull(this.ctx);
		}

	}

}
