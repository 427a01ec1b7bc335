package io.eas.client.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import io.eas.http.EncodedBody;

/**
 * Compression of request bodies. A service that accepts compressed bodies sets the same
 * format in its {@code metadata.rpc.decompressor}. As with the vendor's SDKs, no
 * {@code Content-Encoding} is sent.
 */
public enum RequestCompression {

	/** No compression. */
	NONE,

	/** gzip, RFC 1952. */
	GZIP,

	/** zlib, RFC 1950. */
	ZLIB;

	/**
	 * Compresses a body.
	 * @param body the body
	 * @return the body to send; the same object if it is not compressed
	 */
	public EncodedBody compress(EncodedBody body) {
		if (this == NONE || body.length() == 0) {
			return body;
		}
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (OutputStream out = (this == GZIP) ? new GZIPOutputStream(compressed)
				: new DeflaterOutputStream(compressed)) {
			out.write(body.bytes(), body.offset(), body.length());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return EncodedBody.of(compressed.toByteArray());
	}

}
