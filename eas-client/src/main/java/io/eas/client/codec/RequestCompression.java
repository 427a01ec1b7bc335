package io.eas.client.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import io.eas.http.EncodedBody;

/**
 * How the bodies of requests are compressed. A service that takes compressed bodies names
 * the same form in its {@code metadata.rpc.decompressor}; as with the vendor's SDKs there
 * is no {@code Content-Encoding}.
 */
public enum RequestCompression {

	/** Not at all. */
	NONE,

	/** As gzip. */
	GZIP,

	/** As zlib. */
	ZLIB;

	/**
	 * Compresses a body.
	 * @param body the body
	 * @return the body as it is sent
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
