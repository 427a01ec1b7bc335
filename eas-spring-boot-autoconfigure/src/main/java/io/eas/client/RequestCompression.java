package io.eas.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

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

	/** The body as it is sent. */
	EncodedBody compress(EncodedBody body) {
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
