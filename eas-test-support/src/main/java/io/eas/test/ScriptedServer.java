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
 * Servers for fuzz tests of the wire protocol. They answer each request by a random
 * script of its own, which may be legal or illegal HTTP. The seed determines the scripts.
 * A request has its id in the header {@value #ID}, and its body, if any, begins with the
 * id; the header {@value #STREAMED} asks for an event stream. Each connection has a
 * thread of its own.
 */
public final class ScriptedServer implements AutoCloseable {

	/** The header with the request's id. */
	public static final String ID = "X-Id";

	/** The header, of any value, that asks for server-sent events. */
	public static final String STREAMED = "X-Streamed";

	/** The id in all bytes that belong to no request. */
	public static final String FOREIGN = WireScripts.FOREIGN;

	/**
	 * The size of the receive buffer: small, so that a large request can't be written
	 * completely while it isn't read.
	 */
	private static final int RECEIVE_BUFFER = 16 * 1024;

	/**
	 * The maximum number of bytes of a request that Linux buffers for a connection from
	 * which the server doesn't read.
	 */
	private static final int KEPT_BY_CLIENTS = 5 * 1024 * 1024;

	private static final int SHOWN = 40;

	/**
	 * The read timeout: longer than any client waits, so that the server doesn't end the
	 * connection of a hanging client.
	 */
	private static final int PATIENCE_MILLIS = 60_000;

	private static final int STALL_MILLIS = 1_000;

	private final WireScripts scripts;

	private final List<ServerSocket> listeners = new CopyOnWriteArrayList<>();

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	/** The arrivals by the request's id. */
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
	 * Starts the servers.
	 * @param seed the seed of the scripts
	 * @param ports the ports to listen on; for 0 the system chooses one
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
	 * Returns the ports on which the servers listen.
	 * @return the ports
	 */
	public List<Integer> ports() {
		return this.listeners.stream().map(ServerSocket::getLocalPort).toList();
	}

	/**
	 * Returns the scripts that were played for a request.
	 * @param id the request's id
	 * @return one script per attempt that has arrived
	 */
	public List<WireScript> played(String id) {
		Arrivals arrivals = this.arrivals.get(id);
		return (arrivals != null) ? IntStream.range(0, arrivals.count()).mapToObj(arrivals::script).toList()
				: List.of();
	}

	/**
	 * Describes the request that preceded a request's last attempt on the same
	 * connection.
	 * @param id the request's id
	 * @return the scripts of the preceding request as text, or a text that the connection
	 * was new
	 */
	public String precedent(String id) {
		Arrivals arrivals = this.arrivals.get(id);
		return (arrivals == null || arrivals.before() == null) ? "a new connection"
				: played(arrivals.before()).toString();
	}

	/**
	 * Returns the violations of the protocol in the requests.
	 * @return one line per violation
	 */
	public List<String> violations() {
		return List.copyOf(this.violations);
	}

	/**
	 * Returns how many requests arrived on a reused connection.
	 * @return the count so far
	 */
	public int reused() {
		return this.reused.get();
	}

	/**
	 * Returns how many requests were completely answered before the client had written
	 * the whole request. Counts only requests whose unread part was too large for the
	 * buffers, so that the client can't have written it.
	 * @return the count so far
	 */
	public int answeredUnderWay() {
		return this.answeredUnderWay.get();
	}

	/**
	 * Returns the number of open connections.
	 * @return the current count
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
			// reset by the client, or closed
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

	/**
	 * Checks the body of a request. If the body breaks off, the received part is checked.
	 */
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
	 * The arrivals of a request.
	 *
	 * @param scripts draws the scripts
	 * @param request the request
	 * @param count the number of times that the request has arrived
	 * @param before the id of the preceding request on the last connection; {@code null}
	 * if there was none
	 */
	private record Arrivals(WireScripts scripts, RequestHead request, int count, @Nullable String before) {

		WireScript script(int attempt) {
			return this.scripts.draw(this.request.id(), attempt, this.request.method(), this.request.streamed());
		}

	}

}
