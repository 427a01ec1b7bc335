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
 * Loads the classes that services and their first polls need, on the thread on which
 * Spring Boot loads some of its own while the application context is created. Otherwise
 * the start would wait for them. Spring Boot leaves this out on a single processor, in a
 * native image, and with {@code spring.backgroundpreinitializer.ignore=true}. It opens no
 * connection, and all that it creates ends with it.
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
