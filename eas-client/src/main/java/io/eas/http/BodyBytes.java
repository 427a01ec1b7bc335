package io.eas.http;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Collects the bytes of one response body on the heap, up to a limit. The bytes are
 * copied once from the network buffers, which this class doesn't release. For one
 * subscription; not thread-safe.
 */
public final class BodyBytes {

	private static final byte[] EMPTY = new byte[0];

	private static final int FIRST_SIZE = 1024;

	private static final int DISCARDED = -1;

	/**
	 * Maximum size to allocate because of a {@code Content-Length} header, before any
	 * data has arrived.
	 */
	private static final int LARGEST_FIRST_SIZE = 1 << 20;

	private final int limit;

	/** The announced length, negative if it isn't known. */
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
	 * Creates an empty collector for a body that is about to arrive.
	 * @param response the response, for its {@code Content-Length}
	 * @param limit the maximum size, in bytes
	 * @return the collector
	 * @throws BodyTooLargeException if the announced length is larger than the limit
	 */
	public static BodyBytes of(HttpClientResponse response, int limit) {
		long announced = announcedLength(response);
		if (announced > limit) {
			throw new BodyTooLargeException(limit);
		}
		return new BodyBytes((int) Math.max(announced, -1), limit);
	}

	/**
	 * Creates a collector that discards a body of any size.
	 * @return the collector
	 */
	public static BodyBytes discarded() {
		return new BodyBytes(0, DISCARDED);
	}

	/**
	 * Collects a whole body. If the returned {@code Mono} is cancelled, or the body is
	 * larger than the limit, the source is cancelled, which closes the connection.
	 * @param response the response, for its {@code Content-Length}
	 * @param body the body as it arrives
	 * @param limit the maximum size, in bytes
	 * @return a cold {@code Mono} with the body, an empty array if there is none. It
	 * fails with {@link BodyTooLargeException} if the body is larger than the limit; if
	 * the announced length is larger, the body isn't read
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
	 * Appends a part of the body.
	 * @param chunk the part, neither modified nor released
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

	/**
	 * Returns the size to grow to. This is the announced length if it is known, since a
	 * large part of the body has already arrived; otherwise it is twice the current size.
	 */
	private int largerSize() {
		return (this.announced >= 0) ? this.announced : (int) Math.min(this.limit, 2L * this.bytes.length);
	}

	/**
	 * Returns the body.
	 * @return the bytes, which the caller owns
	 */
	public byte[] toArray() {
		return (this.length == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.length);
	}

}
