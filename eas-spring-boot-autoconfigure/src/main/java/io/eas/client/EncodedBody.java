package io.eas.client;

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
record EncodedBody(byte[] bytes, int offset, int length) {

	static final EncodedBody EMPTY = new EncodedBody(new byte[0], 0, 0);

	static EncodedBody of(byte[] bytes) {
		return new EncodedBody(bytes, 0, bytes.length);
	}

	ByteBuf buffer() {
		return Unpooled.wrappedBuffer(this.bytes, this.offset, this.length);
	}

}
