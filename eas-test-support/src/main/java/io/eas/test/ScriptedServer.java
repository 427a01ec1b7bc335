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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

	private static final int PATIENCE_MILLIS = 10_000;

	private static final int STALL_MILLIS = 1_000;

	private final WireScripts scripts;

	private final List<ServerSocket> listeners = new CopyOnWriteArrayList<>();

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	/** By the request's id. */
	private final Map<String, Arrivals> arrivals = new ConcurrentHashMap<>();

	private final Queue<String> violations = new ConcurrentLinkedQueue<>();

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
			@Nullable Request before = null;
			for (Request request = Request.read(in); request != null; request = Request.read(in)) {
				if (!play(arrived(request, before), socket, in, request)) {
					break;
				}
				before = request;
			}
		}
		catch (IOException ex) {
			// reset by the other side, or closed
		}
		finally {
			this.connections.remove(socket);
		}
	}

	private WireScript arrived(Request request, @Nullable Request before) {
		Arrivals arrivals = this.arrivals.compute(request.id(), (id, known) -> new Arrivals(this.scripts, request,
				(known != null) ? known.count() + 1 : 1, (before != null) ? before.id() : null));
		return arrivals.script(arrivals.count() - 1);
	}

	private boolean play(WireScript script, Socket socket, InputStream in, Request request) throws IOException {
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
			check(request, in);
		}
		return true;
	}

	private static boolean play(Step step, Socket socket, InputStream in) throws IOException {
		if (step instanceof Step.Send send) {
			send(socket, send);
		}
		else if (step instanceof Step.Pause pause) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause.millis()));
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

	private void check(Request request, InputStream in) throws IOException {
		String body = new String(in.readNBytes(request.length()), StandardCharsets.ISO_8859_1);
		if (body.length() == request.length() && !body.isEmpty() && !body.startsWith(request.id() + ";")) {
			this.violations.add("request " + request.id() + " came with the body " + body.substring(0, 20));
		}
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
	private record Arrivals(WireScripts scripts, Request request, int count, @Nullable String before) {

		WireScript script(int attempt) {
			return this.scripts.draw(this.request.id(), attempt, this.request.method(), this.request.streamed());
		}

	}

	/** The head of a request. */
	private record Request(String method, String id, int length, boolean streamed) {

		@Nullable static Request read(InputStream in) throws IOException {
			String line = line(in);
			if (line.isEmpty()) {
				return null;
			}
			String method = line.substring(0, line.indexOf(' '));
			String id = "";
			int length = 0;
			boolean streamed = false;
			for (String header = line(in); !header.isEmpty(); header = line(in)) {
				int colon = header.indexOf(':');
				String name = header.substring(0, colon);
				String value = header.substring(colon + 1).strip();
				if (name.equalsIgnoreCase(ID)) {
					id = value;
				}
				else if (name.equalsIgnoreCase("Content-Length")) {
					length = Integer.parseInt(value);
				}
				streamed |= name.equalsIgnoreCase(STREAMED);
			}
			return new Request(method, id, length, streamed);
		}

		private static String line(InputStream in) throws IOException {
			StringBuilder line = new StringBuilder();
			for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
				line.append((char) next);
			}
			return line.toString().strip();
		}

	}

}
