package io.eas.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * How far a request is written. If a write of a large one fails, the failure is held
 * back: the instance may have answered and closed the connection without reading the
 * rest, and Netty would close the channel with what was received. A small request is one
 * write, which either reaches the socket's buffer or has met a connection that was closed
 * before. Of one connection; used by its event loop only.
 */
final class RequestWrite {

	/** A request up to this size fits into the socket's buffer. */
	private static final int SMALL = 16 * 1024;

	private boolean large;

	private @Nullable ChannelFuture end;

	private @Nullable Failure failure;

	/** Whether a request is large, or comes in parts that may be. */
	static boolean isLarge(HttpRequest head) {
		return !(head instanceof FullHttpRequest full) || full.content().readableBytes() > SMALL;
	}

	/**
	 * Writes a part of a request, or all of it.
	 * @param ctx where to
	 * @param msg the part
	 * @param promise told how it ends
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the promise tells
	void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof HttpRequest head) {
			this.end = null;
			this.large = isLarge(head);
			if (this.large) {
				ctx.channel().config().setAutoClose(false);
			}
		}
		boolean last = msg instanceof LastHttpContent;
		if (last) {
			this.end = promise;
		}
		if (!this.large) {
			ctx.write(msg, promise);
			return;
		}
		ctx.write(msg, ctx.newPromise().addListener((write) -> written(ctx, write, last, promise)));
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the channel's own end is all there is
	private void written(ChannelHandlerContext ctx, Future<?> write, boolean last, ChannelPromise promise) {
		if (last) {
			this.large = false;
			ctx.channel().config().setAutoClose(true);
		}
		Throwable cause = write.cause();
		if (cause == null) {
			promise.trySuccess();
			return;
		}
		Connection.from(ctx.channel()).markPersistent(false);
		if (!ctx.channel().isActive()) {
			promise.tryFailure(cause);
		}
		else if (cause instanceof IOException) {
			hold(cause, promise);
			ctx.read();
		}
		else {
			// Reactor Netty tells nobody of it once the connection isn't to be kept
			ctx.fireExceptionCaught(new ChannelException("the request can't be written", cause));
			promise.tryFailure(cause);
			ctx.close();
		}
	}

	private void hold(Throwable cause, ChannelPromise promise) {
		Failure held = this.failure;
		if (held == null) {
			held = new Failure(cause, new ArrayList<>(1));
			this.failure = held;
		}
		held.promises.add(promise);
	}

	/** Whether all of it has been written. */
	boolean isDone() {
		ChannelFuture last = this.end;
		return last != null && last.isSuccess();
	}

	/**
	 * Forgets the request, whose answer has come or can't come any more.
	 * @return tells of the failure that was held back, if one was
	 */
	Runnable release() {
		Failure held = this.failure;
		this.end = null;
		this.failure = null;
		return (held != null) ? held : () -> {
		};
	}

	/**
	 * What is held back.
	 *
	 * @param cause why the first write failed
	 * @param promises told of it
	 */
	private record Failure(Throwable cause, List<ChannelPromise> promises) implements Runnable {

		@Override
		public void run() {
			this.promises.forEach((promise) -> promise.tryFailure(this.cause));
		}

	}

}
