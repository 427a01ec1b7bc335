package io.eas.http;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * In front of the codec of a guarded connection: knows whether the codec has decoded all
 * that it was given. The beginning of a head stays in it without a trace, and would
 * become a part of the next answer.
 *
 * <p>
 * A buffer that wasn't read to its end shows that. Once the codec has joined it with the
 * next one, nothing does; then, at the end of the answer, the codec is given an interim
 * response of our own, which only comes out of it whole if nothing was left in it.
 */
final class CodecInput extends ChannelInboundHandlerAdapter {

	private static final String REASON = "nothing left";

	private static final int STATUS = 199;

	private static final ByteBuf QUESTION = Unpooled
		.unreleasableBuffer(
				Unpooled.copiedBuffer("HTTP/1.1 " + STATUS + " " + REASON + "\r\n\r\n", StandardCharsets.US_ASCII))
		.asReadOnly();

	private static final byte[] PROTOCOL = "HTTP/".getBytes(StandardCharsets.US_ASCII);

	private static final ByteBuf HTTP = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(PROTOCOL)).asReadOnly();

	private final ConnectionGuard guard;

	private Left left = Left.NOTHING;

	/** What the codec is decoding. */
	private @Nullable ByteBuf current;

	/** Where that begins. */
	private int start;

	/** Whether something followed an answer, after which the connection is closed. */
	private boolean surplus;

	private boolean settling;

	private @Nullable ChannelHandlerContext context;

	CodecInput(ConnectionGuard guard) {
		this.guard = guard;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.context = ctx;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (this.guard.isAnswered()) {
			this.guard.unasked(ctx, msg);
		}
		else if (msg instanceof ByteBuf bytes) {
			decode(ctx, bytes);
		}
		else {
			ctx.fireChannelRead(msg);
		}
	}

	private void decode(ChannelHandlerContext ctx, ByteBuf bytes) {
		this.guard.received();
		this.start = bytes.readerIndex();
		boolean joined = this.left != Left.NOTHING;
		bytes.retain();
		this.current = bytes;
		try {
			ctx.fireChannelRead(bytes);
			if (!this.surplus) {
				this.left = joined ? Left.UNKNOWN : bytes.isReadable() ? Left.SOMETHING : Left.NOTHING;
			}
		}
		finally {
			this.current = null;
			bytes.release();
		}
	}

	/**
	 * Whether what is being decoded begins as an answer does, but for empty lines.
	 * @return true as long as nothing shows that it doesn't
	 */
	boolean beginsWithHttp() {
		ByteBuf bytes = this.current;
		if (bytes == null || this.left != Left.NOTHING) {
			return true;
		}
		int index = this.start;
		while (index < bytes.writerIndex() && (bytes.getByte(index) == '\r' || bytes.getByte(index) == '\n')) {
			index++;
		}
		int length = Math.min(PROTOCOL.length, bytes.writerIndex() - index);
		return ByteBufUtil.equals(bytes, index, HTTP, 0, length);
	}

	/**
	 * The codec has just decoded the end of an answer. It would go on with what follows,
	 * and keep whole lines of a head where nobody sees them.
	 */
	void ended() {
		if (this.left == Left.NOTHING && this.current != null && this.current.isReadable()) {
			this.surplus = true;
			this.left = Left.SOMETHING;
		}
	}

	/**
	 * Whether the codec is only told that the question has come to its end: it reads on
	 * by itself after a read that gave nothing, and would take the next one for a part of
	 * the question.
	 */
	boolean isSettling() {
		return this.settling;
	}

	/** Whether the codec holds the beginning of something, once an answer has ended. */
	boolean hasLeft() {
		if (this.left == Left.UNKNOWN && this.context != null) {
			this.left = Left.ASKED;
			this.context.fireChannelRead(QUESTION.duplicate());
			this.settling = true;
			this.context.fireChannelReadComplete();
			this.settling = false;
		}
		return this.left != Left.NOTHING;
	}

	/** Takes the answer to the question, which is not for anybody else. */
	boolean takes(Object msg) {
		if (this.left == Left.ASKED && msg instanceof HttpResponse response) {
			this.left = isWhole(response) ? Left.ANSWERED : Left.SOMETHING;
			return this.left == Left.ANSWERED;
		}
		if (this.left == Left.ANSWERED && msg == LastHttpContent.EMPTY_LAST_CONTENT) {
			this.left = Left.NOTHING;
			return true;
		}
		return false;
	}

	private static boolean isWhole(HttpResponse response) {
		return response.decoderResult().isSuccess() && response.status().code() == STATUS
				&& response.status().reasonPhrase().equals(REASON)
				&& response.protocolVersion().equals(HttpVersion.HTTP_1_1) && response.headers().isEmpty();
	}

	/** What is left in the codec. */
	private enum Left {

		/** It has decoded everything. */
		NOTHING,

		/** It has joined what it had left with what came then. */
		UNKNOWN,

		/** The question has been put to it. */
		ASKED,

		/** It has begun to answer. */
		ANSWERED,

		/** The beginning of something. */
		SOMETHING

	}

}
