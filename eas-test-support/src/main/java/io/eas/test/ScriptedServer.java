package io.eas.test;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.eas.test.WireScript.Step;
import org.jspecify.annotations.Nullable;

/**
 * Servers that answer each request with a sequence of their own, legal or not, drawn from
 * a seed: the other side of a wire fuzz. A request has its id in the header {@value #ID},
 * and its body, if any, begins with it; {@value #STREAMED} asks for an event stream. Each
 * connection has a thread of its own.
 */
public final class ScriptedServer implements AutoCloseable {

	/** The header with the request's id. */
	public static final String ID = "X-Id";

	/** The header, of any value, that asks for server-sent events. */
	public static final String STREAMED = "X-Streamed";

	/** Whatever nobody asked for says so. */
	public static final String FOREIGN = WireScripts.FOREIGN;

	/** Small, so that a large request isn't wholly written while nobody reads it. */
	private static final int RECEIVE_BUFFER = 16 * 1024;

	/** As much as Linux takes of a connection whose other side doesn't read. */
	private static final int KEPT_BY_CLIENTS = 5 * 1024 * 1024;

	private static final int SHOWN = 40;

	/** Longer than any client waits, so that no client's hang ends here. */
	private static final int PATIENCE_MILLIS = 60_000;

	private static final int STALL_MILLIS = 1_000;

	private final WireScripts scripts;

	private final List<ServerSocket> listeners = new CopyOnWriteArrayList<>();

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	/** By the request's id. */
	private final Map<String, Arrivals> arrivals = new ConcurrentHashMap<>();

	private final Queue<String> violations = new ConcurrentLinkedQueue<>();

	private final AtomicInteger reused = new AtomicInteger();

	private final AtomicInteger answeredUnderWay = new AtomicInteger();

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "scripted-server");
		thread.setDaemon(true);
		return thread;
	});

	private ScriptedServer(long seed) {
		this.scripts = new WireScripts(seed);
	}

	/**
	 * Starts listening.
	 * @param seed what the scripts are drawn from
	 * @param ports where to listen; 0 leaves the choice to the system
	 * @return the servers
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // it ends with the listener
	public static ScriptedServer start(long seed, int... ports) {
		ScriptedServer server = new ScriptedServer(seed);
		try {
			for (int port : ports) {
				ServerSocket listener = new ServerSocket();
				listener.setReceiveBufferSize(RECEIVE_BUFFER);
				listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
				server.listeners.add(listener);
				server.threads.submit(() -> server.accept(listener));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return server;
	}

	/**
	 * Where they listen.
	 * @return the ports
	 */
	public List<Integer> ports() {
		return this.listeners.stream().map(ServerSocket::getLocalPort).toList();
	}

	/**
	 * What was played for a request.
	 * @param id the request's id
	 * @return a script for each attempt that has arrived
	 */
	public List<WireScript> played(String id) {
		Arrivals arrivals = this.arrivals.get(id);
		return (arrivals != null) ? IntStream.range(0, arrivals.count()).mapToObj(arrivals::script).toList()
				: List.of();
	}

	/**
	 * What came before a request on the connection of its last attempt.
	 * @param id the request's id
	 * @return the scripts of the request before, for people
	 */
	public String precedent(String id) {
		Arrivals arrivals = this.arrivals.get(id);
		return (arrivals == null || arrivals.before() == null) ? "a new connection"
				: played(arrivals.before()).toString();
	}

	/**
	 * What was wrong with requests.
	 * @return a line each
	 */
	public List<String> violations() {
		return List.copyOf(this.violations);
	}

	/**
	 * How many requests came on a connection that had been used before.
	 * @return the count so far
	 */
	public int reused() {
		return this.reused.get();
	}

	/**
	 * How many requests had their whole answer while so much of them was still unread
	 * that no client can have written it.
	 * @return the count so far
	 */
	public int answeredUnderWay() {
		return this.answeredUnderWay.get();
	}

	/**
	 * How many connections are open.
	 * @return the count now
	 */
	public int connections() {
		return this.connections.size();
	}

	@SuppressWarnings("FutureReturnValueIgnored") // it ends with the connection
	private void accept(ServerSocket listener) {
		try {
			while (true) {
				Socket socket = listener.accept();
				this.connections.add(socket);
				this.threads.submit(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(PATIENCE_MILLIS);
			InputStream in = new BufferedInputStream(socket.getInputStream());
			@Nullable RequestHead before = null;
			for (RequestHead request = RequestHead.read(in); request != null; request = RequestHead.read(in)) {
				if (!play(arrived(request, before), socket, in, request)) {
					break;
				}
				before = request;
			}
		}
		catch (IOException ex) {
			// reset by the other side, or closed
		}
		catch (RuntimeException ex) {
			this.violations.add("a connection ended with " + ex);
		}
		finally {
			this.connections.remove(socket);
		}
	}

	private WireScript arrived(RequestHead request, @Nullable RequestHead before) {
		if (before != null) {
			this.reused.incrementAndGet();
		}
		Arrivals arrivals = this.arrivals.compute(request.id(), (id, known) -> new Arrivals(this.scripts, request,
				(known != null) ? known.count() + 1 : 1, (before != null) ? before.id() : null));
		return arrivals.script(arrivals.count() - 1);
	}

	private boolean play(WireScript script, Socket socket, InputStream in, RequestHead request) throws IOException {
		boolean read = false;
		for (Step step : script.steps()) {
			if (step instanceof Step.ReadRequest) {
				check(request, in);
				read = true;
			}
			else if (!play(step, socket, in)) {
				return false;
			}
		}
		if (!read) {
			if (request.length() > KEPT_BY_CLIENTS) {
				this.answeredUnderWay.incrementAndGet();
			}
			check(request, in);
		}
		return true;
	}

	private static boolean play(Step step, Socket socket, InputStream in) throws IOException {
		if (step instanceof Step.Send send) {
			send(socket, send);
		}
		else if (step instanceof Step.Pause pause) {
			RawServer.pause(pause.millis());
		}
		else {
			end(step, socket, in);
			return false;
		}
		return true;
	}

	private static void end(Step step, Socket socket, InputStream in) throws IOException {
		if (step instanceof Step.Reset) {
			socket.setSoLinger(true, 0);
		}
		else if (step instanceof Step.HalfClose) {
			socket.shutdownOutput();
			in.transferTo(OutputStream.nullOutputStream());
		}
		else if (step instanceof Step.Stall) {
			socket.setSoTimeout(STALL_MILLIS);
			in.transferTo(OutputStream.nullOutputStream());
		}
	}

	private static void send(Socket socket, Step.Send send) throws IOException {
		byte[] bytes = send.bytes().getBytes(StandardCharsets.ISO_8859_1);
		int piece = send.singly() ? 1 : Math.max(1, bytes.length);
		for (int from = 0; from < bytes.length; from += piece) {
			socket.getOutputStream().write(bytes, from, piece);
		}
	}

	/** A body that breaks off is right as far as it goes. */
	private void check(RequestHead request, InputStream in) throws IOException {
		String right = request.id() + ";";
		String begin = new String(in.readNBytes(Math.min(request.length(), SHOWN)), StandardCharsets.ISO_8859_1);
		if (!begin.startsWith(right) && !right.startsWith(begin)) {
			this.violations.add("request " + request.id() + " came with the body " + begin);
		}
		in.skipNBytes(request.length() - begin.length());
	}

	@Override
	public void close() throws IOException {
		for (ServerSocket listener : this.listeners) {
			listener.close();
		}
		for (Socket connection : this.connections) {
			connection.close();
		}
		this.threads.shutdown();
	}

	/**
	 * How often a request has arrived.
	 *
	 * @param scripts draws what is played
	 * @param request the request
	 * @param count how often
	 * @param before the id of the request before on the last connection
	 */
	private record Arrivals(WireScripts scripts, RequestHead request, int count, @Nullable String before) {

		WireScript script(int attempt) {
			return this.scripts.draw(this.request.id(), attempt, this.request.method(), this.request.streamed());
		}

	}

}
