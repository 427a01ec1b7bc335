package io.eas.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A model with health checks, as a process: {@code /livez} and {@code /readyz} answer
 * what a POST to {@code /livez?503} and the like said last, 200 at first, and everything
 * else is echoed. Does not listen before {@code STARTUP_MILLIS} have passed. A POST to
 * {@code /exit} ends it with code 3. On SIGTERM it takes {@code DRAIN_MILLIS} to end.
 * Another server answers {@code /manage} in the same way at the port of an option or
 * variable.
 */
public final class ProbedModel {

	private static final String MANAGEMENT = "--management.server.port=";

	private ProbedModel() {
	}

	/** One line, as in a descriptor. */
	public static String command() {
		return String.join(" ", List.of(TestModel.java(ProbedModel.class)));
	}

	public static void main(String[] args) throws Exception {
		System.out.println("starting");
		TimeUnit.MILLISECONDS.sleep(millis("STARTUP_MILLIS"));
		HttpServer server = HttpServer.create(
				new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv("PORT"))), 0);
		server.createContext("/", (exchange) -> answer(exchange, 200));
		server.createContext("/livez", new Status()::handle);
		server.createContext("/readyz", new Status()::handle);
		server.createContext("/exit", (exchange) -> Runtime.getRuntime().halt(3));
		server.setExecutor(Executors.newCachedThreadPool());
		Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(server)));
		server.start();
		manage(args);
		System.out.println("listening");
	}

	private static void manage(String[] args) throws IOException {
		Map<String, String> environment = System.getenv();
		String port = Stream.of(args)
			.filter((arg) -> arg.startsWith(MANAGEMENT))
			.map((arg) -> arg.substring(MANAGEMENT.length()))
			.findFirst()
			.orElse(environment.getOrDefault("MANAGEMENT_SERVER_PORT", environment.getOrDefault("HARD_CODED", "")));
		if (!port.isEmpty()) {
			HttpServer server = HttpServer
				.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)), 0);
			server.createContext("/manage", new Status()::handle);
			server.start();
			System.out.println("managed at " + port);
		}
	}

	private static void drain(HttpServer server) {
		System.out.println("draining");
		try {
			TimeUnit.MILLISECONDS.sleep(millis("DRAIN_MILLIS"));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		server.stop(0);
	}

	private static long millis(String variable) {
		return Long.parseLong(System.getenv().getOrDefault(variable, "0"));
	}

	private static void answer(HttpExchange exchange, int status) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		exchange.sendResponseHeaders(status, (body.length == 0) ? -1 : body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	/**
	 * A path that answers the status it was told to.
	 */
	private static final class Status {

		private final AtomicInteger status = new AtomicInteger(200);

		void handle(HttpExchange exchange) throws IOException {
			String query = exchange.getRequestURI().getQuery();
			if (query != null) {
				this.status.set(Integer.parseInt(query));
				System.out.println(exchange.getRequestURI());
			}
			else {
				System.out.println("GET " + exchange.getRequestURI() + " " + this.status.get());
			}
			answer(exchange, this.status.get());
		}

	}

}
