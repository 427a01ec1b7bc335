package io.eas.emulator.net;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;

/**
 * Holds back pipelined requests until the previous request is answered (RFC 9112, section
 * 9.3.2). With Reactor Netty's own pipelining, the {@code Connection: close} of a later
 * request ends the connection after the response to an earlier request, and the requests
 * in between are never answered.
 */
final class OneRequestAtATime extends ChannelDuplexHandler {

	/** The number of message parts that may be held before reading stops. */
	private static final int MOST = 64;

	private final Queue<Object> ahead = new ArrayDeque<>();

	private boolean answering;

	private boolean readHeld;

	OneRequestAtATime() {
	}

	/** Adds this handler behind the codec of a server's connection. */
	static void install(Channel channel) {
		channel.pipeline().addAfter(NettyPipeline.HttpCodec, null, new OneRequestAtATime());
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object part) {
		if (!this.ahead.isEmpty() || (this.answering && part instanceof HttpRequest)) {
			this.ahead.add(part);
		}
		else {
			pass(ctx, part);
		}
	}

	private void pass(ChannelHandlerContext ctx, Object part) {
		this.answering |= part instanceof HttpRequest;
		ctx.fireChannelRead(part);
	}

	@Override
	public void read(ChannelHandlerContext ctx) {
		this.readHeld = this.ahead.size() >= MOST;
		if (!this.readHeld) {
			ctx.read();
		}
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // the returned future is the promise
	public void write(ChannelHandlerContext ctx, Object part, ChannelPromise promise) {
		ChannelPromise written = promise.unvoid();
		if (part instanceof LastHttpContent && !isInterim(part)) {
			// the write of the response completes first
			written.addListener((done) -> {
				if (done.isSuccess()) {
					ctx.executor().execute(() -> next(ctx));
				}
			});
		}
		ctx.write(part, written);
	}

	private static boolean isInterim(Object part) {
		return part instanceof HttpResponse response && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
	}

	private void next(ChannelHandlerContext ctx) {
		this.answering = false;
		if (this.ahead.isEmpty()) {
			return;
		}
		do {
			pass(ctx, this.ahead.remove());
		}
		while (!this.ahead.isEmpty() && !(this.ahead.peek() instanceof HttpRequest));
		ctx.fireChannelReadComplete();
		if (this.readHeld) {
			read(ctx);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.ahead.forEach(ReferenceCountUtil::release);
		this.ahead.clear();
	}

}
