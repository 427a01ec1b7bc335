package io.eas.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

/**
 * Makes sure that a response on a pooled HTTP/1.1 connection belongs to the request to
 * which it is assigned. Reactor Netty treats the first response head that arrives as the
 * response, and gives the connection to the next request at the end of that response. In
 * front of Reactor Netty, this handler enforces the rules of RFC 9110 and RFC 9112 for
 * clients:
 *
 * <ul>
 * <li>Interim responses (1xx) are skipped (RFC 9110, section 15.2), except for status 101
 * without a request to upgrade, which is an error.
 * <li>The end of a response is held back until all received bytes have been decoded. If
 * more bytes follow, even an incomplete head in the codec, they belong to no request, and
 * the connection is closed. The connection is also closed if bytes arrive while no
 * request is in flight (RFC 9112, section 9.2).
 * <li>If the response ends before the request has been written, the connection is closed
 * afterwards (RFC 9112, section 9.3).
 * <li>If writing a large request fails, data that has already been received is read
 * first: the instance may have responded and closed the connection without reading the
 * rest.
 * <li>Data that can't be parsed as a response fails with an
 * {@link UnreadableAnswerException}, and the connection is closed.
 * </ul>
 *
 * <p>
 * One case can't be detected: a second response that arrives after the next request has
 * been sent, since HTTP/1.1 has no identifiers. A connection with a request to upgrade to
 * another protocol is not guarded.
 *
 * <pre>
 *            request           head            last content        read complete
 *     IDLE ----------> SENT ----------> BODY ---------------> ENDED -------------> IDLE
 *       |               ^ |  1xx           \  unreadable         |
 *       | anything      | +-------> INTERIM +--------> BROKEN    | anything
 *       v               +-- last content --+             |       v
 *     close                                           close    close, after the end
 * </pre>
 *
 * For one connection; used only by its event loop.
 */
public final class ConnectionGuard extends ChannelDuplexHandler {

	private static final String NAME = "eas.connectionGuard";

	private static final AttributeKey<ConnectionGuard> KEY = AttributeKey.valueOf(NAME);

	private static final int SWITCHING_PROTOCOLS = 101;

	private final CodecInput input = new CodecInput(this);

	private final RequestWrite request = new RequestWrite();

	private State state = State.IDLE;

	/** The end of the response, while it is held back. */
	private @Nullable LastHttpContent end;

	/** The view of the connection for other threads, if it leads to an instance. */
	private final @Nullable OpenConnection connection;

	/** Whether an exchange on the connection has ended. */
	private boolean reused;

	/** Whether any byte has arrived since the newest request. */
	private boolean received;

	private ConnectionGuard(@Nullable OpenConnection connection) {
		this.connection = connection;
	}

	/**
	 * Guards a connection from the next request on. Has no effect if the connection
	 * doesn't speak HTTP/1.1 or is already guarded.
	 * @param channel the connection, whose pipeline is complete
	 */
	public static void install(Channel channel) {
		install(channel, null);
	}

	/**
	 * Guards a connection to an instance.
	 * @param channel the connection
	 * @param instance the connections to the instance, or null
	 */
	static void install(Channel channel, @Nullable InstanceChannels instance) {
		if (channel.pipeline().get(NAME) == null
				&& channel.pipeline().get(NettyPipeline.HttpCodec) instanceof HttpClientCodec) {
			ConnectionGuard guard = new ConnectionGuard((instance != null) ? instance.add(channel) : null);
			channel.pipeline()
				.addBefore(NettyPipeline.HttpCodec, NAME + "Input", guard.input)
				.addAfter(NettyPipeline.HttpCodec, NAME, guard);
			channel.attr(KEY).set(guard);
		}
	}

	/**
	 * Returns the guard of a connection.
	 * @param channel the connection
	 * @return the guard, or null if the connection isn't guarded
	 */
	public static @Nullable ConnectionGuard of(Channel channel) {
		return channel.attr(KEY).get();
	}

	/**
	 * Returns how long the connection to an instance has been idle. Must be called before
	 * the next request is written.
	 * @return nanoseconds; negative if this is the first request or the time isn't known
	 */
	public long idleNanos() {
		return (this.connection != null) ? this.connection.idleNanos() : -1;
	}

	/**
	 * Returns whether the connection, if it has broken, may have been dead before the
	 * request: it was kept from an earlier exchange, and no byte of the response has
	 * arrived. Called on the event loop.
	 * @return false if the other side has certainly dropped this request
	 */
	public boolean isStale() {
		return this.reused && !this.received;
	}

	/** Records that bytes have arrived. */
	void received() {
		this.received = true;
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof HttpRequest head) {
			this.received = false;
			this.state = head.headers().contains(HttpHeaderNames.UPGRADE) ? State.UPGRADING : State.SENT;
			if (this.connection != null) {
				this.connection.requested(RequestWrite.isLarge(head));
			}
		}
		this.request.write(ctx, msg, promise);
	}

	/** Returns whether data that arrives now belongs to no request. */
	boolean isAnswered() {
		return this.state == State.IDLE || this.state == State.ENDED || this.state == State.BROKEN;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		switch (this.state) {
			case SENT -> head(ctx, msg);
			case INTERIM -> interim(ctx, msg);
			case BODY -> body(ctx, msg);
			case IDLE, ENDED, BROKEN -> unasked(ctx, msg);
			case UPGRADING -> ctx.fireChannelRead(msg);
		}
	}

	private void head(ChannelHandlerContext ctx, Object msg) {
		if (!(msg instanceof HttpResponse response)) {
			unasked(ctx, msg);
			return;
		}
		int status = response.status().code();
		Throwable cause = response.decoderResult().cause();
		if (cause instanceof PrematureChannelClosureException) {
			// the connection has been closed; this is reported when the channel becomes
			// inactive
			ReferenceCountUtil.release(msg);
		}
		else if (cause != null) {
			broken(ctx, response, unreadable(cause));
		}
		else if (status < 100 || status > 999) {
			broken(ctx, response, new UnreadableAnswerException("its status is %03d".formatted(status), true, null));
		}
		else if (status == SWITCHING_PROTOCOLS) {
			broken(ctx, response, new UnreadableAnswerException(
					"its status is 101, but no other protocol was asked for", true, null));
		}
		else if (status < 200) {
			this.state = State.INTERIM;
			ReferenceCountUtil.release(msg);
		}
		else {
			this.state = State.BODY;
			ctx.fireChannelRead(msg);
		}
	}

	/**
	 * Returns the exception for a response that the decoder rejected. The decoder itself
	 * reports a complete first line that is not HTTP. Data without lines, or with lines
	 * of another protocol, is recognized by its first bytes.
	 */
	private UnreadableAnswerException unreadable(Throwable cause) {
		String reason = (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
		boolean http = this.input.beginsWithHttp() && !reason.startsWith("invalid version format");
		return new UnreadableAnswerException(http ? reason : this.input.otherProtocol(), http, cause);
	}

	private void broken(ChannelHandlerContext ctx, HttpObject msg, UnreadableAnswerException unreadable) {
		this.state = State.BROKEN;
		Connection.from(ctx.channel()).markPersistent(false);
		msg.setDecoderResult(DecoderResult.failure(unreadable));
		ctx.fireChannelRead(msg);
	}

	/**
	 * Requests another read after an interim response, since nobody else does so before
	 * the response has started.
	 */
	private void interim(ChannelHandlerContext ctx, Object msg) {
		ReferenceCountUtil.release(msg);
		if (msg instanceof LastHttpContent) {
			this.state = State.SENT;
			ctx.read();
		}
	}

	private void body(ChannelHandlerContext ctx, Object msg) {
		if (!(msg instanceof LastHttpContent last)) {
			ctx.fireChannelRead(msg);
			return;
		}
		Throwable cause = last.decoderResult().cause();
		if (cause != null) {
			broken(ctx, last, new UnreadableAnswerException(String.valueOf(cause.getMessage()), true, cause));
			return;
		}
		this.state = State.ENDED;
		this.end = last;
		this.input.ended();
		// with auto-read, the current read loop continues until nothing is left
		ctx.channel().config().setAutoRead(true);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the channel's closeFuture is enough
	void unasked(ChannelHandlerContext ctx, Object msg) {
		ReferenceCountUtil.release(msg);
		if (this.input.takes(msg)) {
			return;
		}
		Connection.from(ctx.channel()).markPersistent(false);
		if (this.state == State.IDLE) {
			ctx.close();
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		if (!this.input.isSettling()) {
			tellEnd(ctx);
			ctx.fireChannelReadComplete();
		}
	}

	/**
	 * Passes on the end of the response. All state must be updated before that, because
	 * the handlers that receive the end may write the next request immediately.
	 */
	private void tellEnd(ChannelHandlerContext ctx) {
		LastHttpContent last = this.end;
		if (last == null) {
			return;
		}
		if (!this.request.isDone() || this.input.hasLeft()) {
			Connection.from(ctx.channel()).markPersistent(false);
		}
		Runnable failure = this.request.release();
		this.end = null;
		this.state = State.IDLE;
		this.reused = true;
		if (this.connection != null) {
			this.connection.answered();
		}
		ctx.fireChannelRead(last);
		failure.run();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		tellEnd(ctx);
		this.request.release().run();
		ctx.fireChannelInactive();
	}

	/**
	 * Passes on the held-back end of a response first, because the exception belongs to
	 * the exchange that has ended, and not to a request that may follow.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (this.end != null) {
			Connection.from(ctx.channel()).markPersistent(false);
			tellEnd(ctx);
		}
		// Reactor Netty drops an OutOfMemoryError before the head has arrived
		ctx.fireExceptionCaught((cause instanceof OutOfMemoryError) ? new ChannelException(cause) : cause);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof ChannelOutputShutdownEvent) {
			Connection.from(ctx.channel()).markPersistent(false);
		}
		ctx.fireUserEventTriggered(event);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		ReferenceCountUtil.release(this.end);
		this.end = null;
		this.request.release().run();
	}

	/** The state of the exchange. */
	private enum State {

		/** No request is in flight. */
		IDLE,

		/** A request is being written or has been sent; no response has started. */
		SENT,

		/** An interim response is being received. */
		INTERIM,

		/** The response has started. */
		BODY,

		/** The response has ended, and the end is held back. */
		ENDED,

		/** All further bytes are discarded. */
		BROKEN,

		/** The connection may be upgraded to another protocol. */
		UPGRADING

	}

}
