package io.eas.emulator.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Resets connections, which no well-behaved server does.
 */
public final class Connections {

	private Connections() {
	}

	/**
	 * Resets the connection an answer would have gone out on.
	 * @param response the answer that is not to be given, or not to its end
	 * @return on subscription: resets, and never completes
	 */
	public static Mono<Void> reset(HttpServerResponse response) {
		return Mono.defer(() -> {
			response.withConnection((connection) -> reset(connection.channel()));
			return Mono.never();
		});
	}

	/** With {@code SO_LINGER} 0, closing sends RST instead of FIN. */
	@SuppressWarnings("FutureReturnValueIgnored") // there is no one to tell
	static void reset(Channel channel) {
		try {
			channel.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		catch (ChannelException ex) {
			// it is closed already
		}
		channel.close();
	}

}
