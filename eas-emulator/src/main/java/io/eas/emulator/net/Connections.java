package io.eas.emulator.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Resets connections, to emulate servers that crash or misbehave.
 */
public final class Connections {

	private Connections() {
	}

	/**
	 * Resets the connection of a response.
	 * @param response the response, of which nothing or only a part has been sent
	 * @return resets the connection on subscription and never completes
	 */
	public static Mono<Void> reset(HttpServerResponse response) {
		return Mono.defer(() -> {
			response.withConnection((connection) -> reset(connection.channel()));
			return Mono.never();
		});
	}

	/**
	 * Closes a channel with the option {@code SO_LINGER} 0, so that RST is sent instead
	 * of FIN.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the result
	static void reset(Channel channel) {
		try {
			channel.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		catch (ChannelException ex) {
			// the channel is already closed
		}
		channel.close();
	}

}
