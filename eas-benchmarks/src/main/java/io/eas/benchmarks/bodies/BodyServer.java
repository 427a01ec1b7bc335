package io.eas.benchmarks.bodies;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import io.eas.benchmarks.instances.Conversation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.ImmediateEventExecutor;
import org.reactivestreams.Publisher;
import picocli.CommandLine;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * The program of an instance. It answers a POST request with the size of its body, and a
 * GET request with the requested number of bytes, with backpressure. It reports when it
 * is ready, then answers the commands on its standard input, and ends at the end of its
 * input.
 */
public final class BodyServer implements Callable<Integer> {

	/** Query parameter for the size of a response with {@code Content-Length}. */
	static final String BYTES = "bytes";

	/** Query parameter for the size of a response without {@code Content-Length}. */
	static final String STREAM = "stream";

	/** Command to print the port. */
	static final String PORT = "port";

	/** Command to print how many bytes have been handed to the network so far. */
	static final String SENT = "sent";

	/** Command to print the number of open connections. */
	static final String CONNECTIONS = "connections";

	static final String HOST = "127.0.0.1";

	private static final int CHUNK_SIZE = 32 * 1024;

	private static final ByteBuf CHUNK = Unpooled
		.unreleasableBuffer(Unpooled.directBuffer(CHUNK_SIZE).writeZero(CHUNK_SIZE));

	private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

	private final AtomicLong sent = new AtomicLong();

	private BodyServer() {
	}

	/**
	 * Runs the program and exits.
	 * @param args the command line
	 * @throws IOException if its standard input fails
	 */
	public static void main(String[] args) throws IOException {
		System.exit(new BodyServer().call());
	}

	@Override
	public Integer call() throws IOException {
		DisposableServer server = HttpServer.create()
			.host(HOST)
			.port(0)
			.runOn(LoopResources.create("bodies", 1, true))
			.channelGroup(this.connections)
			.handle(this::answer)
			.bindNow();
		System.out.println(Conversation.READY);
		try (BufferedReader words = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			for (String word = words.readLine(); word != null; word = words.readLine()) {
				System.out.println(switch (word) {
					case PORT -> server.port();
					case SENT -> this.sent.get();
					case CONNECTIONS -> open();
					default -> throw new IllegalArgumentException("unknown word: " + word);
				});
			}
		}
		server.disposeNow();
		return CommandLine.ExitCode.OK;
	}

	/**
	 * Returns the number of open connections. The listening channel, which is in the same
	 * group, is not counted.
	 */
	private long open() {
		return this.connections.stream().filter((channel) -> channel.parent() != null).count();
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		if (request.method().equals(HttpMethod.POST)) {
			Mono<Long> count = request.receive().map((buffer) -> (long) buffer.readableBytes()).reduce(0L, Long::sum);
			return response.sendString(count.map(String::valueOf));
		}
		QueryStringDecoder query = new QueryStringDecoder(request.uri());
		List<String> announced = query.parameters().get(BYTES);
		if (announced != null) {
			response.header(HttpHeaderNames.CONTENT_LENGTH, announced.get(0));
		}
		List<String> asked = (announced != null) ? announced : query.parameters().getOrDefault(STREAM, List.of("0"));
		return response.send(chunks(Long.parseLong(asked.get(0))));
	}

	private Flux<ByteBuf> chunks(long bytes) {
		return Flux.generate(() -> bytes, (left, sink) -> {
			int size = (int) Math.min(left, CHUNK_SIZE);
			if (size == 0) {
				sink.complete();
			}
			else {
				this.sent.addAndGet(size);
				sink.next(CHUNK.slice(0, size));
			}
			return left - size;
		});
	}

}
