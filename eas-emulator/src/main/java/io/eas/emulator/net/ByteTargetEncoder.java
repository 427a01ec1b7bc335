package io.eas.emulator.net;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;

/**
 * Writes the target of a request with exactly the bytes that were received. The decoder
 * maps each byte to one character, and this encoder maps each character back to that
 * byte.
 */
class ByteTargetEncoder extends HttpRequestEncoder {

	@Override
	protected void encodeInitialLine(ByteBuf buffer, HttpRequest request) {
		buffer.writeCharSequence(
				request.method().name() + " " + request.uri() + " " + request.protocolVersion().text() + "\r\n",
				StandardCharsets.ISO_8859_1);
	}

}
