package io.eas.http;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;

/**
 * The bytes of one answer, collected on the heap within a limit. They are copied once,
 * out of the network's buffers, which stay owned and released by whoever has them. Used
 * by one subscription; not thread-safe.
 */
public final class BodyBytes {

	private static final byte[] EMPTY = new byte[0];

	private static final int FIRST_SIZE = 1024;

	private static final int DISCARDED = -1;

	/**
	 * No more than this is set aside on the word of a header, before anything has come.
	 */
	private static final int LARGEST_FIRST_SIZE = 1 << 20;

	private final int limit;

	/** Or less than 0, if it isn't known. */
	private final int announced;

	private byte[] bytes;

	private int length;

	private BodyBytes(int announced, int limit) {
		this.limit = limit;
		this.announced = announced;
		int first = (announced >= 0) ? Math.min(announced, LARGEST_FIRST_SIZE) : Math.min(FIRST_SIZE, limit);
		this.bytes = (first == 0) ? EMPTY : new byte[first];
	}

	/**
	 * Bytes of a body that is about to come.
	 * @param response the answer the body belongs to, for its {@code Content-Length}
	 * @param limit the most bytes to take
	 * @return no bytes yet
	 * @throws BodyTooLargeException if more than that are announced
	 */
	public static BodyBytes of(HttpClientResponse response, int limit) {
		long announced = announcedLength(response);
		if (announced > limit) {
			throw new BodyTooLargeException(limit);
		}
		return new BodyBytes((int) Math.max(announced, -1), limit);
	}

	/**
	 * No bytes of a body that is about to come, however large it is.
	 * @return takes everything, and keeps nothing
	 */
	public static BodyBytes discarded() {
		return new BodyBytes(0, DISCARDED);
	}

	/**
	 * Collects a whole body. Cold; cancelling it, or a body above the limit, cancels the
	 * source and with it closes the exchange.
	 * @param response the answer the body belongs to, for its {@code Content-Length}
	 * @param body the body as it arrives
	 * @param limit the most bytes to take
	 * @return the body, an empty array where there is none; fails with
	 * {@link BodyTooLargeException} above the limit, at once if the length is announced
	 */
	public static Mono<byte[]> collect(HttpClientResponse response, Flux<ByteBuf> body, int limit) {
		return Mono.defer(() -> {
			BodyBytes bytes = of(response, limit);
			return body.doOnNext(bytes::append).then(Mono.fromSupplier(bytes::toArray));
		});
	}

	private static long announcedLength(HttpClientResponse response) {
		String value = response.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
		if (value == null || response.method().equals(HttpMethod.HEAD)) {
			return -1;
		}
		try {
			return Long.parseLong(value);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	/**
	 * Takes what has come of the body.
	 * @param chunk left as it is
	 * @throws BodyTooLargeException if the body is larger than the limit
	 */
	public void append(ByteBuf chunk) {
		if (this.limit == DISCARDED) {
			return;
		}
		int count = chunk.readableBytes();
		if (count > this.limit - this.length) {
			throw new BodyTooLargeException(this.limit);
		}
		if (count > this.bytes.length - this.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.length + count, largerSize()));
		}
		chunk.getBytes(chunk.readerIndex(), this.bytes, this.length, count);
		this.length += count;
	}

	/** All of it, now that a good part has come; without knowing, twice as much. */
	private int largerSize() {
		return (this.announced >= 0) ? this.announced : (int) Math.min(this.limit, 2L * this.bytes.length);
	}

	/**
	 * The body.
	 * @return its bytes, nobody else's
	 */
	public byte[] toArray() {
		return (this.length == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.length);
	}

}
