package io.eas.http;

import java.io.IOException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
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
 * <li>If writing a request fails, what was received before is read first: the instance
 * may have answered and closed the connection without reading the rest.
 * <li>What can't be read as an answer fails with an {@link UnreadableAnswerException},
 * and the connection is closed.
 * </ul>
 *
 * <p>
 * What can't be told apart is a second answer that arrives when the next request has been
 * sent already: HTTP/1.1 has no identifiers.
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

	private static final int SWITCHING_PROTOCOLS = 101;

	/** A request up to this size fits into the socket's buffer. */
	private static final int SMALL = 16 * 1024;

	private final CodecInput input = new CodecInput(this);

	private State state = State.IDLE;

	/** The write of the request's end. */
	private @Nullable ChannelPromise request;

	/** The end of the answer, while it is held back. */
	private @Nullable LastHttpContent end;

	/** The write that has failed, while the instance may have answered. */
	private @Nullable ChannelPromise failed;

	private @Nullable Throwable failure;

	private ConnectionGuard() {
	}

	/**
	 * Guards a connection from the next request on, if it speaks HTTP/1.1 and isn't
	 * guarded yet.
	 * @param channel the connection, whose pipeline is complete
	 */
	public static void install(Channel channel) {
		if (channel.pipeline().get(NAME) == null && channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
			ConnectionGuard guard = new ConnectionGuard();
			channel.pipeline()
				.addBefore(NettyPipeline.HttpCodec, NAME + "Input", guard.input)
				.addAfter(NettyPipeline.HttpCodec, NAME, guard);
		}
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // the promise tells
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof HttpRequest) {
			this.state = State.SENT;
			this.request = null;
		}
		if (msg instanceof LastHttpContent) {
			this.request = promise;
		}
		if (msg instanceof HttpContent content && content.content().readableBytes() > SMALL) {
			writeLarge(ctx, msg, promise);
		}
		else {
			ctx.write(msg, promise);
		}
	}

	/** Netty would close the connection with a failure, and lose what was received. */
	@SuppressWarnings("FutureReturnValueIgnored") // the promise tells
	private void writeLarge(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		ctx.channel().config().setAutoClose(false);
		ctx.write(msg, ctx.newPromise().addListener((written) -> {
			ctx.channel().config().setAutoClose(true);
			if (written.isSuccess()) {
				promise.trySuccess();
			}
			else {
				failed(ctx, promise, written.cause());
			}
		}));
	}

	private void failed(ChannelHandlerContext ctx, ChannelPromise promise, Throwable cause) {
		Connection.from(ctx.channel()).markPersistent(false);
		if (cause instanceof IOException && ctx.channel().isActive() && isWaiting()) {
			this.failed = promise;
			this.failure = cause;
			ctx.read();
		}
		else {
			promise.tryFailure(cause);
		}
	}

	/** What has been held back may be told once nothing more can come. */
	private void failLate() {
		ChannelPromise promise = this.failed;
		Throwable cause = this.failure;
		this.failed = null;
		this.failure = null;
		if (promise != null && cause != null) {
			promise.tryFailure(cause);
		}
	}

	private boolean isWaiting() {
		return this.state != State.IDLE && this.state != State.BROKEN;
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
		}
	}

	private void head(ChannelHandlerContext ctx, Object msg) {
		if (!(msg instanceof HttpResponse response)) {
			unasked(ctx, msg);
			return;
		}
		int status = response.status().code();
		UnreadableAnswerException unreadable = unreadable(response, status);
		if (unreadable != null) {
			broken(ctx, response, unreadable);
		}
		else if (status < 200 && status >= 100) {
			this.state = State.INTERIM;
			ReferenceCountUtil.release(msg);
		}
		else {
			this.state = State.BODY;
			ctx.fireChannelRead(msg);
		}
	}

	private static @Nullable UnreadableAnswerException unreadable(HttpResponse response, int status) {
		Throwable cause = response.decoderResult().cause();
		if (cause != null) {
			return unreadable(cause);
		}
		if (status < 100 || status > 999) {
			return new UnreadableAnswerException("its status is %03d".formatted(status), true, null);
		}
		return (status != SWITCHING_PROTOCOLS) ? null
				: new UnreadableAnswerException("its status is 101, but no other protocol was asked for", true, null);
	}

	/** The decoder's messages begin so where a line doesn't start with HTTP's name. */
	private static UnreadableAnswerException unreadable(Throwable cause) {
		String reason = (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
		return new UnreadableAnswerException(reason, !reason.startsWith("invalid version format"), cause);
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
			broken(ctx, last, unreadable(cause));
			return;
		}
		this.state = State.ENDED;
		this.end = last;
		// the read that is under way goes on until there is nothing left
		ctx.channel().config().setAutoRead(true);
	}

	void unasked(ChannelHandlerContext ctx, Object msg) {
		ReferenceCountUtil.release(msg);
		if (this.input.takes(msg)) {
			return;
		}
		Connection.from(ctx.channel()).markPersistent(false);
		if (this.state == State.IDLE) {
			close(ctx);
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the channel's own end is all there is
	private static void close(ChannelHandlerContext ctx) {
		ctx.close();
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
		ChannelFuture written = this.request;
		if (written == null || !written.isDone() || this.input.hasLeft()) {
			Connection.from(ctx.channel()).markPersistent(false);
		}
		this.end = null;
		this.request = null;
		this.state = State.IDLE;
		ctx.fireChannelRead(last);
		failLate();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		tellEnd(ctx);
		ctx.fireChannelInactive();
		failLate();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		tellEnd(ctx);
		ctx.fireExceptionCaught(cause);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		ReferenceCountUtil.release(this.end);
		this.end = null;
		failLate();
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
		BROKEN

	}

}
