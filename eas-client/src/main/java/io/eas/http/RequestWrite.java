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
 * The progress of writing a request. If a write of a large request fails, the failure is
 * held back: the instance may have responded and closed the connection without reading
 * the rest. If the failure weren't held back, Netty would close the channel and discard
 * received data. A small request is a single write, which either reaches the socket
 * buffer or fails because the connection had been closed before. For one connection; used
 * only by its event loop.
 */
final class RequestWrite {

	/** A request up to this size, in bytes, fits into the socket buffer. */
	private static final int SMALL = 16 * 1024;

	private boolean large;

	private @Nullable ChannelFuture end;

	private @Nullable Failure failure;

	/**
	 * Returns whether a request is large, or consists of parts whose total size may be
	 * large.
	 */
	static boolean isLarge(HttpRequest head) {
		return !(head instanceof FullHttpRequest full) || full.content().readableBytes() > SMALL;
	}

	/**
	 * Writes a request or a part of it.
	 * @param ctx the context to write to
	 * @param msg the request or part
	 * @param promise notified of the result
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the promise reports the result
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

	@SuppressWarnings("FutureReturnValueIgnored") // the channel's closeFuture is enough
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
			// Reactor Netty doesn't report this failure if the connection is not
			// persistent
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

	/** Returns whether the whole request has been written. */
	boolean isDone() {
		ChannelFuture last = this.end;
		return last != null && last.isSuccess();
	}

	/**
	 * Forgets the request, because its response has arrived or can't arrive any longer.
	 * @return an action that reports the failure held back, if there is one
	 */
	Runnable release() {
		Failure held = this.failure;
		this.end = null;
		this.failure = null;
		return (held != null) ? held : () -> {
		};
	}

	/**
	 * A failure that is held back.
	 *
	 * @param cause the cause of the first failed write
	 * @param promises the promises to notify
	 */
	private record Failure(Throwable cause, List<ChannelPromise> promises) implements Runnable {

		@Override
		public void run() {
			this.promises.forEach((promise) -> promise.tryFailure(this.cause));
		}

	}

}
