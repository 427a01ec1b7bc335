package io.eas.benchmarks.instances;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.ImmediateEventExecutor;
import org.reactivestreams.Publisher;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * The program of an instance. It echoes request bodies, with their content type, on one
 * event loop. It reports when it is ready, then executes the commands on its standard
 * input. It ends at the end of its input, so that it doesn't outlive the process that
 * started it.
 */
@Command(name = "echo")
public final class EchoServer implements Callable<Integer> {

	/** Command to accept no more connections. */
	static final String HOLD = "hold";

	/** Command to close all connections. */
	static final String CLOSE = "close";

	/** Command to reset all connections. */
	static final String RESET = "reset";

	/** Command to accept connections again. */
	static final String GO = "go";

	/** Command to print the number of requests so far. */
	static final String COUNT = "count";

	private static final String HOST = "127.0.0.1";

	private static final int WARM_UP_CALLS = 300;

	private static final Duration WARM_UP_PATIENCE = Duration.ofMinutes(1);

	private final LongAdder requests = new LongAdder();

	private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

	@Option(names = "--host", description = "Address to listen on.")
	private String host = HOST;

	@Option(names = "--port", description = "Port to listen on; 0 for any free port.")
	private int port;

	@Option(names = "--work-micros", description = "Time until each request is answered; no thread is used meanwhile.")
	private long workMicros;

	@Option(names = "--one-by-one", description = "Handles one request at a time.")
	private boolean oneByOne;

	@Option(names = "--backlog", description = "Number of connections that may wait to be accepted.")
	private int backlog = 1024;

	private EchoServer() {
	}

	/**
	 * Runs the program and exits.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		System.exit(new CommandLine(new EchoServer()).execute(args));
	}

	@Override
	public Integer call() throws IOException {
		LoopResources loop = LoopResources.create("echo", 1, true);
		HttpServer server = HttpServer.create().host(HOST).runOn(loop);
		warmUp(server.port(0).handle((request, response) -> echo(Work.NONE, request, response)).bindNow());
		Work work = new Work(Duration.ofNanos(1000 * this.workMicros), this.oneByOne);
		DisposableServer listening = server.host(this.host)
			.port(this.port)
			.channelGroup(this.connections)
			.option(ChannelOption.SO_BACKLOG, this.backlog)
			.handle((request, response) -> {
				this.requests.increment();
				return echo(work, request, response);
			})
			.bindNow();
		System.out.println(Conversation.READY);
		obey(listening);
		listening.disposeNow();
		return CommandLine.ExitCode.OK;
	}

	/**
	 * Warms up the server, because EAS lists an instance only once it answers in time.
	 */
	private static void warmUp(DisposableServer server) {
		HttpClient.create()
			.baseUrl("http://" + HOST + ":" + server.port())
			.post()
			.send(ByteBufFlux.fromString(Mono.just("x".repeat(200))))
			.response()
			.repeat(WARM_UP_CALLS - 1)
			.blockLast(WARM_UP_PATIENCE);
		server.disposeNow();
	}

	private static Publisher<Void> echo(Work work, HttpServerRequest request, HttpServerResponse response) {
		Mono<byte[]> body = request.receive()
			.asByteArray()
			.collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
			.map(ByteArrayOutputStream::toByteArray);
		String contentType = request.requestHeaders().get(HttpHeaderNames.CONTENT_TYPE);
		if (contentType != null) {
			response.header(HttpHeaderNames.CONTENT_TYPE, contentType);
		}
		return response.sendByteArray(body.transform(work::after));
	}

	/** Closes a connection with a TCP RST instead of a FIN. */
	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the result
	private static void reset(Channel channel) {
		channel.config().setOption(ChannelOption.SO_LINGER, 0);
		channel.close();
	}

	private void obey(DisposableServer server) throws IOException {
		try (BufferedReader words = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			for (String word = words.readLine(); word != null; word = words.readLine()) {
				switch (word) {
					case HOLD -> server.channel().config().setAutoRead(false);
					case GO -> server.channel().config().setAutoRead(true);
					case CLOSE -> this.connections.close().awaitUninterruptibly();
					case RESET -> this.connections.forEach(EchoServer::reset);
					case COUNT -> {
						System.out.println(this.requests.sum());
						continue;
					}
					default -> throw new IllegalArgumentException("unknown word: " + word);
				}
				System.out.println(word);
			}
		}
	}

}
