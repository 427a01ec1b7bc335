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
 * Inbound handler in front of the HTTP codec of a guarded connection. It detects whether
 * the codec has decoded all received bytes. An incomplete response head stays in the
 * codec invisibly and would become part of the next response.
 *
 * <p>
 * A buffer that the codec has not read to its end shows that bytes are left. After the
 * codec has merged these bytes with the next buffer, they can't be detected in this way
 * any longer. In that case, this handler passes a test response to the codec at the end
 * of the real response. The test response is an interim response. It is decoded unchanged
 * only if no bytes were left in the codec.
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

	/** The maximum number of characters that are shown of another protocol. */
	private static final int MOST_SHOWN = 40;

	private final ConnectionGuard guard;

	private Left left = Left.NOTHING;

	/** The buffer that the codec is decoding. */
	private @Nullable ByteBuf current;

	/** The index at which the bytes of the current buffer begin. */
	private int start;

	/** Whether more bytes followed a response; if so, the connection is closed. */
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
	 * Returns whether the buffer being decoded begins like an HTTP response. Empty lines
	 * at the beginning are skipped.
	 * @return true unless the bytes prove the contrary
	 */
	boolean beginsWithHttp() {
		ByteBuf bytes = this.current;
		if (bytes == null || this.left != Left.NOTHING) {
			return true;
		}
		int index = beginning(bytes);
		int length = Math.min(PROTOCOL.length, bytes.writerIndex() - index);
		return ByteBufUtil.equals(bytes, index, HTTP, 0, length);
	}

	/**
	 * Describes how data that is not HTTP begins, as far as it is text.
	 * @return what is wrong with the response
	 */
	String otherProtocol() {
		StringBuilder line = new StringBuilder();
		ByteBuf bytes = this.current;
		if (bytes != null && this.left == Left.NOTHING) {
			int index = beginning(bytes);
			while (index < bytes.writerIndex() && line.length() < MOST_SHOWN && bytes.getByte(index) >= ' ') {
				line.append((char) bytes.getByte(index++));
			}
		}
		return line.isEmpty() ? "it doesn't begin with HTTP/" : "it begins with '" + line + "' instead of HTTP/";
	}

	private int beginning(ByteBuf bytes) {
		int index = this.start;
		while (index < bytes.writerIndex() && (bytes.getByte(index) == '\r' || bytes.getByte(index) == '\n')) {
			index++;
		}
		return index;
	}

	/**
	 * Called when the codec has just decoded the end of a response. Records whether more
	 * bytes follow, because the codec continues with these bytes and might keep complete
	 * lines of a head invisibly.
	 */
	void ended() {
		if (this.left == Left.NOTHING && this.current != null && this.current.isReadable()) {
			this.surplus = true;
			this.left = Left.SOMETHING;
		}
	}

	/**
	 * Returns whether the read-complete event that the codec passes on belongs only to
	 * the test response. The codec must receive this event. After a read without output,
	 * the codec itself requests another read. Without the event, it would treat that read
	 * as a part of the test response.
	 */
	boolean isSettling() {
		return this.settling;
	}

	/**
	 * Returns whether the codec holds an incomplete message after the end of a response.
	 */
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

	/** Consumes the decoded test response, which must not reach the next handler. */
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

	/** Whether bytes are left in the codec. */
	private enum Left {

		/** The codec has decoded everything. */
		NOTHING,

		/**
		 * The codec has merged the bytes that were left with those that followed, so it
		 * is not known whether any bytes are left now.
		 */
		UNKNOWN,

		/** The test response has been passed to the codec. */
		ASKED,

		/** The codec has decoded the head of the test response. */
		ANSWERED,

		/** An incomplete message is left. */
		SOMETHING

	}

}
