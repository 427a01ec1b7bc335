package io.eas.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A body as it is sent, on the heap, so that each attempt can send it again without a
 * copy. Nothing in it needs to be released.
 *
 * @param bytes holds the body, not to be changed
 * @param offset where it starts
 * @param length how long it is
 */
public record EncodedBody(byte[] bytes, int offset, int length) {

	public static final EncodedBody EMPTY = new EncodedBody(new byte[0], 0, 0);

	public static EncodedBody of(byte[] bytes) {
		return new EncodedBody(bytes, 0, bytes.length);
	}

	public ByteBuf buffer() {
		return Unpooled.wrappedBuffer(this.bytes, this.offset, this.length);
	}

}
