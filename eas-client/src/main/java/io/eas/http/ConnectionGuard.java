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
 * Sees to it that an answer on a kept HTTP/1.1 connection is the answer to the request
 * that it is taken for. Reactor Netty takes the first response head that comes for the
 * answer, and gives the connection to the next request with the end of that answer. In
 * between, this handler makes sure of what RFC 9110 and RFC 9112 ask of a client:
 *
 * <ul>
 * <li>Interim responses (1xx) are passed over (RFC 9110, 15.2), but for a 101 that nobody
 * asked for, which is an error.
 * <li>The end of an answer is held back until everything that has been received is
 * decoded. If there is more, be it the beginning of a head in the codec, nobody asked for
 * it, and the connection is closed. So it is if something comes while no request is under
 * way (RFC 9112, 9.2).
 * <li>If the answer ends before the request has been written, the connection is closed
 * afterwards (RFC 9112, 9.3).
 * <li>If writing a large request fails, what was received before is read first: the
 * instance may have answered and closed the connection without reading the rest.
 * <li>What can't be read as an answer fails with an {@link UnreadableAnswerException},
 * and the connection is closed.
 * </ul>
 *
 * <p>
 * What can't be told apart is a second answer that arrives when the next request has been
 * sent already: HTTP/1.1 has no identifiers. A connection that is asked to become one of
 * another protocol is left alone.
 *
 * <pre>
 *            request           head            last content        read complete
 *     IDLE ----------> SENT ----------> BODY ---------------> ENDED -------------> IDLE
 *       |               ^ |  1xx           \  unreadable         |
 *       | anything      | +-------> INTERIM +--------> BROKEN    | anything
 *       v               +-- last content --+             |       v
 *     close                                           close    close, once it is told
 * </pre>
 *
 * Of one connection; used by its event loop only.
 */
public final class ConnectionGuard extends ChannelDuplexHandler {

	private static final String NAME = "eas.connectionGuard";

	private static final AttributeKey<ConnectionGuard> KEY = AttributeKey.valueOf(NAME);

	private static final int SWITCHING_PROTOCOLS = 101;

	private final CodecInput input = new CodecInput(this);

	private final RequestWrite request = new RequestWrite();

	private State state = State.IDLE;

	/** The end of the answer, while it is held back. */
	private @Nullable LastHttpContent end;

	/** The connection as others see it, where anybody wants to know. */
	private final @Nullable OpenConnection connection;

	/** Whether an exchange on the connection has come to its end. */
	private boolean reused;

	/** Whether anything has come since the newest request. */
	private boolean received;

	private ConnectionGuard(@Nullable OpenConnection connection) {
		this.connection = connection;
	}

	/**
	 * Guards a connection from the next request on, if it speaks HTTP/1.1 and isn't
	 * guarded yet.
	 * @param channel the connection, whose pipeline is complete
	 */
	public static void install(Channel channel) {
		install(channel, null);
	}

	/**
	 * The same for a connection to an instance.
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
	 * The guard of a connection.
	 * @param channel the connection
	 * @return null if it isn't guarded
	 */
	public static @Nullable ConnectionGuard of(Channel channel) {
		return channel.attr(KEY).get();
	}

	/**
	 * How long the connection to an instance has been idle until its next request, which
	 * is about to be written.
	 * @param now the time, as of {@link System#nanoTime}
	 * @return nanoseconds, less than 0 if this is its first request or it isn't known
	 */
	public long idleNanos(long now) {
		return (this.connection != null) ? this.connection.idleNanos(now) : -1;
	}

	/**
	 * Whether the connection, if it has broken, may have been dead before the request: it
	 * was kept from an earlier exchange, and no byte of an answer has come. To be asked
	 * by its event loop.
	 * @return false where what is at its other end has dropped the request
	 */
	public boolean isStale() {
		return this.reused && !this.received;
	}

	/** Bytes have come. */
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

	/** Whether nobody has asked for what comes now. */
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
			// the connection has been closed, of which its end tells
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
	 * The decoder says so where a whole first line isn't one of HTTP; what has no lines,
	 * or other ones, shows by its first bytes.
	 */
	private UnreadableAnswerException unreadable(Throwable cause) {
		String reason = (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
		if (reason.startsWith("invalid version format")) {
			return new UnreadableAnswerException(reason, false, cause);
		}
		return this.input.beginsWithHttp() ? new UnreadableAnswerException(reason, true, cause)
				: new UnreadableAnswerException("it doesn't begin with HTTP/", false, cause);
	}

	private void broken(ChannelHandlerContext ctx, HttpObject msg, UnreadableAnswerException unreadable) {
		this.state = State.BROKEN;
		Connection.from(ctx.channel()).markPersistent(false);
		msg.setDecoderResult(DecoderResult.failure(unreadable));
		ctx.fireChannelRead(msg);
	}

	/** Nobody reads on its own account while the answer hasn't begun. */
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
		// the read that is under way goes on until there is nothing left
		ctx.channel().config().setAutoRead(true);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the channel's own end is all there is
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

	/** The next request may be written while this is told. */
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

	/** The exception is of this connection, and not of the request that may follow. */
	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (this.end != null) {
			Connection.from(ctx.channel()).markPersistent(false);
			tellEnd(ctx);
		}
		// Reactor Netty loses an OutOfMemoryError while no head has come
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

	/** Where the exchange is. */
	private enum State {

		/** No request is under way. */
		IDLE,

		/** A request is being written, or is out; no answer has begun. */
		SENT,

		/** In an interim response. */
		INTERIM,

		/** The answer has begun. */
		BODY,

		/** The answer has come to its end, which hasn't been told. */
		ENDED,

		/** Nothing more is read. */
		BROKEN,

		/** The connection may become one of another protocol. */
		UPGRADING

	}

}
