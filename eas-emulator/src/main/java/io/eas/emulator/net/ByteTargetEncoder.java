package io.eas.emulator.net;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;

/**
 * Writes requests with the bytes of their target as they came: the decoder makes a
 * character of each byte, which goes out as that byte.
 */
class ByteTargetEncoder extends HttpRequestEncoder {

	@Override
	protected void encodeInitialLine(ByteBuf buffer, HttpRequest request) {
		buffer.writeCharSequence(
				request.method().name() + " " + request.uri() + " " + request.protocolVersion().text() + "\r\n",
				StandardCharsets.ISO_8859_1);
	}

}
