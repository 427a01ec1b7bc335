package io.eas.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A body as sent, on the heap. Each attempt can send it again without a copy, and nothing
 * needs to be released.
 *
 * @param bytes the array that contains the body, not to be modified
 * @param offset the index of the first byte of the body
 * @param length the number of bytes of the body
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
