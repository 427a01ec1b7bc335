package io.eas.emulator.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An HTTP server on a port of a {@link PortPool}. It can be closed as if its process had
 * died, and opened again on the same port. Thread-safe.
 */
public final class Listener {

	private static final Duration BIND = Duration.ofSeconds(10);

	private static final int MAX_LINE = 64 * 1024;

	private final Network network;

	private final PortPool ports;

	private final BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler;

	private final Set<Channel> connections = ConcurrentHashMap.newKeySet();

	private volatile @Nullable PortReservation reservation;

	private volatile @Nullable DisposableServer server;

	private volatile boolean listening;

	private boolean released;

	/**
	 * Creates a listener. It doesn't listen until {@link #open()}.
	 * @param network the threads to use
	 * @param ports the ports, one of which the listener takes
	 * @param handler answers the requests, on an event loop
	 */
	public Listener(Network network, PortPool ports,
			BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
		this.network = network;
		this.ports = ports;
		this.handler = handler;
	}

	/**
	 * Starts to listen, on the same port each time. Has no effect if already listening.
	 * Blocks.
	 * @throws java.io.UncheckedIOException if the only port is taken
	 * @throws IllegalStateException after {@link #release()}, or if there are several
	 * ports and all are taken
	 */
	public synchronized void open() {
		if (this.released) {
			throw new IllegalStateException("the emulator is closed");
		}
		if (this.server == null) {
			int port = reserve();
			this.listening = true;
			this.server = bind(port);
		}
	}

	/**
	 * Reserves the port without listening on it. {@link #open()} reserves it too.
	 * @return the port
	 * @throws java.io.UncheckedIOException if the only port is taken
	 * @throws IllegalStateException if there are several ports and all are taken
	 */
	public synchronized int reserve() {
		PortReservation held = this.reservation;
		if (held == null) {
			held = this.ports.take();
			this.reservation = held;
		}
		return held.port();
	}

	private DisposableServer bind(int port) {
		return HttpServer.create()
			.host(this.ports.host())
			.port(port)
			.runOn(this.network.loops())
			.httpRequestDecoder((spec) -> spec.maxInitialLineLength(MAX_LINE).maxHeaderSize(MAX_LINE))
			.doOnChannelInit((observer, channel, remote) -> {
				OneRequestAtATime.install(channel);
				track(channel);
			})
			.handle(this.handler)
			.bindNow(BIND);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the result
	private void track(Channel channel) {
		this.connections.add(channel);
		channel.closeFuture().addListener((closed) -> this.connections.remove(channel));
		if (!this.listening) {
			Connections.reset(channel);
		}
	}

	/**
	 * Refuses new connections; open ones stay open.
	 */
	public synchronized void refuse() {
		DisposableServer current = this.server;
		this.server = null;
		if (current != null) {
			current.dispose();
		}
	}

	/**
	 * Refuses new connections and resets every open one. On an event loop, this method
	 * doesn't wait until the socket is closed.
	 */
	public synchronized void close() {
		DisposableServer current = this.server;
		this.server = null;
		this.listening = false;
		if (current != null) {
			if (Schedulers.isInNonBlockingThread()) {
				current.dispose();
			}
			else {
				current.disposeNow(BIND);
			}
		}
		this.connections.forEach(Connections::reset);
	}

	/**
	 * Closes for good and releases the port. Has no effect if already released.
	 */
	public synchronized void release() {
		// only once, since another listener may have the port by then
		if (this.released) {
			return;
		}
		this.released = true;
		try {
			close();
		}
		finally {
			PortReservation held = this.reservation;
			if (held != null) {
				this.ports.giveBack(held);
			}
		}
	}

	/**
	 * Returns the port, which stays the same while closed.
	 * @return a TCP port
	 * @throws IllegalStateException if no port has been reserved yet
	 */
	public int port() {
		PortReservation held = this.reservation;
		if (held == null) {
			throw new IllegalStateException("not started yet");
		}
		return held.port();
	}

}
