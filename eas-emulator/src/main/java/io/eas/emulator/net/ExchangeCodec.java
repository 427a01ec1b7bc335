package io.eas.emulator.net;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

/**
 * The client's side of HTTP/1.1 on one connection, for servers that may violate the
 * protocol. Replaces Netty's own codec, with which Reactor Netty gives the connection to
 * the next request as soon as something looks like the end of a response.
 *
 * <p>
 * Interim responses are skipped (RFC 9110, section 15.2). The end of a response is passed
 * on only after all received bytes were read. The connection is then closed instead of
 * reused if bytes beyond the response have arrived, or if the request isn't completely
 * written (RFC 9112, section 9.3). Bytes that arrive while no request is pending close
 * the connection too. After a failed write, received bytes are still read, as they may be
 * the response. A {@code 101} or a status that doesn't have three digits fails the
 * response.
 */
final class ExchangeCodec
		extends CombinedChannelDuplexHandler<ExchangeCodec.ResponseDecoder, ExchangeCodec.RequestEncoder> {

	/**
	 * The limit for the status line and for all headers together; a single header may
	 * have 64 KiB.
	 */
	private static final int MAX_HEAD = 128 * 1024;

	private boolean answerDue;

	private boolean answerIsEmpty;

	private final Map<ChannelPromise, Throwable> failedWrites = new LinkedHashMap<>();

	private @Nullable Future<Void> written;

	ExchangeCodec(boolean strictLines) {
		init(new ResponseDecoder(strictLines), new RequestEncoder());
	}

	/**
	 * Replaces Netty's codec by this one.
	 * @param strictLines whether lines must end in CR and LF; otherwise LF alone is
	 * accepted, too
	 */
	static void install(Channel channel, boolean strictLines) {
		channel.pipeline().replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, new ExchangeCodec(strictLines));
	}

	private boolean isRequestUnderWay() {
		Future<Void> last = this.written;
		return last == null || !last.isSuccess();
	}

	private void failWrites() {
		Map<ChannelPromise, Throwable> failed = new LinkedHashMap<>(this.failedWrites);
		this.failedWrites.clear();
		failed.forEach(ChannelPromise::tryFailure);
	}

	/** Records the pending request and suppresses failures of writes. */
	final class RequestEncoder extends ByteTargetEncoder {

		@Override
		public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) throws Exception {
			if (msg instanceof HttpRequest request) {
				ExchangeCodec.this.answerDue = true;
				ExchangeCodec.this.answerIsEmpty = HttpMethod.HEAD.equals(request.method());
				ExchangeCodec.this.written = null;
			}
			ChannelPromise own = ctx.newPromise();
			own.addListener((done) -> written(ctx, own, promise));
			if (msg instanceof LastHttpContent) {
				ExchangeCodec.this.written = own;
			}
			super.write(ctx, msg, own);
			// the response may arrive before the request is written, and may be the last
			// thing that arrives
			ctx.read();
		}

		private void written(ChannelHandlerContext ctx, Future<Void> own, ChannelPromise promise) {
			if (own.isSuccess()) {
				promise.trySuccess();
			}
			else if (own.cause() instanceof IOException && ctx.channel().isActive()) {
				ExchangeCodec.this.failedWrites.put(promise, own.cause());
				ctx.read();
			}
			else {
				promise.tryFailure(own.cause());
			}
		}

	}

	/** Reads one response per request. */
	final class ResponseDecoder extends HttpResponseDecoder {

		private boolean interim;

		private boolean passedOver;

		private boolean closed;

		private @Nullable LastHttpContent end;

		ResponseDecoder(boolean strictLines) {
			super(new HttpDecoderConfig().setMaxInitialLineLength(MAX_HEAD)
				.setMaxHeaderSize(MAX_HEAD)
				.setStrictLineParsing(strictLines));
		}

		@Override
		protected boolean isContentAlwaysEmpty(HttpMessage message) {
			return super.isContentAlwaysEmpty(message) || ExchangeCodec.this.answerIsEmpty;
		}

		@Override
		protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) throws Exception {
			if (ExchangeCodec.this.answerDue) {
				int from = out.size();
				super.decode(ctx, buffer, out);
				sift(ctx, out, from);
				holdEnd(ctx, out);
			}
			else {
				buffer.skipBytes(buffer.readableBytes());
				refuse(ctx);
			}
		}

		@Override
		protected void decodeLast(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) throws Exception {
			if (ExchangeCodec.this.answerDue) {
				int from = out.size();
				super.decodeLast(ctx, buffer, out);
				sift(ctx, out, from);
			}
		}

		/**
		 * Holds back the end of a response on a connection that stays open, because more
		 * bytes may have arrived.
		 */
		private void holdEnd(ChannelHandlerContext ctx, List<Object> out) {
			int last = out.size() - 1;
			if (!this.closed && last >= 0 && out.get(last) instanceof LastHttpContent content
					&& content.decoderResult().isSuccess()) {
				out.remove(last);
				this.end = content;
				// without auto-read, the received bytes are read part by part
				ctx.channel().config().setAutoRead(true);
			}
		}

		/** Closes the connection because of bytes that belong to no request. */
		@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the result
		private void refuse(ChannelHandlerContext ctx) {
			if (this.end != null) {
				useOnce(ctx);
			}
			else {
				ctx.close();
			}
		}

		private void sift(ChannelHandlerContext ctx, List<Object> out, int from) {
			for (int i = from; i < out.size(); i++) {
				if (!isPassedOn(ctx, (HttpObject) out.get(i))) {
					ReferenceCountUtil.release(out.remove(i--));
				}
			}
		}

		private boolean isPassedOn(ChannelHandlerContext ctx, HttpObject part) {
			if (!ExchangeCodec.this.answerDue) {
				return false;
			}
			if (part instanceof HttpResponse response) {
				return begins(ctx, response);
			}
			if (!(part instanceof LastHttpContent last)) {
				return true;
			}
			if (this.interim) {
				this.interim = false;
				this.passedOver = true;
				return false;
			}
			ExchangeCodec.this.answerDue = false;
			if (last.decoderResult().isFailure()) {
				useOnce(ctx);
			}
			return true;
		}

		private boolean begins(ChannelHandlerContext ctx, HttpResponse response) {
			int status = response.status().code();
			this.interim = response.decoderResult().isSuccess() && status >= 100 && status < 200 && status != 101;
			if (this.interim) {
				return false;
			}
			Throwable cause = response.decoderResult().cause();
			if (cause instanceof PrematureChannelClosureException) {
				fail(ctx, response,
						new IOException("the connection was closed within the headers of an answer", cause));
			}
			else if (cause != null) {
				fail(ctx, response, new ProtocolException(String.valueOf(cause.getMessage())));
			}
			else if (status < 200 || status > 999) {
				fail(ctx, response, new ProtocolException(
						"status " + status + ((status == 101) ? ", which nobody asked for" : "")));
			}
			return true;
		}

		private void fail(ChannelHandlerContext ctx, HttpResponse response, IOException cause) {
			response.setDecoderResult(DecoderResult.failure(cause));
			ExchangeCodec.this.answerDue = false;
			useOnce(ctx);
		}

		private void useOnce(ChannelHandlerContext ctx) {
			Connection.from(ctx.channel()).markPersistent(false);
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
			if (this.end != null) {
				complete(ctx);
			}
			else if (this.passedOver && ExchangeCodec.this.answerDue) {
				ctx.read();
			}
			this.passedOver = false;
			super.channelReadComplete(ctx);
		}

		/**
		 * Passes on the end of the response. Another request may be written on this
		 * connection before this method returns.
		 */
		private void complete(ChannelHandlerContext ctx) {
			LastHttpContent last = this.end;
			if (last != null) {
				this.end = null;
				if (isRequestUnderWay()) {
					useOnce(ctx);
				}
				ctx.fireChannelRead(last);
			}
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) throws Exception {
			complete(ctx);
			// the end of the response is no longer held back
			this.closed = true;
			super.channelInactive(ctx);
			failWrites();
		}

		@Override
		@SuppressWarnings("deprecation") // deprecated in ChannelHandler, but not in
											// ChannelInboundHandler
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
			complete(ctx);
			super.exceptionCaught(ctx, cause);
		}

	}

}
