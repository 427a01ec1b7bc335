package io.eas.autoconfigure;

import java.nio.charset.StandardCharsets;

import io.eas.Eas;
import io.eas.client.auth.AuthScheme;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/**
 * Loads the classes that services and their first polls need, on the background thread on
 * which Spring Boot loads its own classes while it creates the application context.
 * Otherwise the start would wait until these classes are loaded. Spring Boot runs no
 * preinitializer on a single processor, in a native image, or with
 * {@code spring.backgroundpreinitializer.ignore=true}. This preinitializer opens no
 * connection, and closes everything that it creates.
 */
final class ClientPreinitializer implements BackgroundPreinitializer {

	private static final byte[] RESPONSE = """
			HTTP/1.1 200 OK
			Content-Type: application/json
			Content-Length: 2

			{}""".replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);

	@Override
	public void preinitialize() {
		// the first buffer initializes the allocator with its events for Flight Recorder
		ByteBufAllocator.DEFAULT.directBuffer(1).release();
		Eas.builder()
			.service("none", (service) -> service.authScheme(AuthScheme.NONE).instances("127.0.0.1:1"))
			.build()
			.close();
		EmbeddedChannel channel = new EmbeddedChannel(new HttpClientCodec());
		channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
		channel.writeInbound(Unpooled.wrappedBuffer(RESPONSE));
		channel.finishAndReleaseAll();
	}

}
