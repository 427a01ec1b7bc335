package io.eas.emulator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A model as a process: echoes what it was asked, never answers {@code …/hang}, answers
 * the beginning of {@code …/begin}, is ready at the third question, and exits with
 * {@code EXIT_CODE} where that is set.
 */
public final class TestModel {

	private TestModel() {
	}

	public static String[] command(String... arguments) {
		return java(TestModel.class, arguments);
	}

	static String[] java(Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-Xmx64m", "-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		return command.toArray(String[]::new);
	}

	public static void main(String[] args) throws IOException {
		String exitCode = System.getenv("EXIT_CODE");
		if (exitCode != null) {
			System.out.println("no model at models/none");
			System.exit(Integer.parseInt(exitCode));
		}
		Map<String, String> environment = System.getenv();
		int port = Integer.parseInt(environment.getOrDefault("PORT", "0"));
		System.out.println("listening on " + (port == Integer.parseInt(environment.getOrDefault("SERVER_PORT", "1")))
				+ " " + String.join(",", args));
		serve(port);
	}

	private static void serve(int port) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		AtomicInteger asked = new AtomicInteger();
		server.createContext("/readyz", (exchange) -> answer(exchange, (asked.incrementAndGet() < 3) ? 503 : 200, ""));
		server.createContext("/", TestModel::predict);
		server.setExecutor(Executors.newCachedThreadPool());
		server.start();
	}

	private static void predict(HttpExchange exchange) throws IOException {
		String uri = exchange.getRequestURI().toString();
		byte[] body = exchange.getRequestBody().readAllBytes();
		if (uri.endsWith("/hang")) {
			hang();
		}
		if (uri.endsWith("/begin")) {
			exchange.sendResponseHeaders(200, 0);
			OutputStream answer = exchange.getResponseBody();
			answer.write("beginning".getBytes(StandardCharsets.UTF_8));
			answer.flush();
			hang();
		}
		String authorization = exchange.getRequestHeaders().getFirst("X-A");
		answer(exchange, 200, exchange.getRequestMethod() + " " + uri + " " + authorization + " "
				+ new String(body, StandardCharsets.UTF_8));
	}

	private static void hang() {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void answer(HttpExchange exchange, int status, String text) throws IOException {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "text/plain");
		exchange.sendResponseHeaders(status, (body.length == 0) ? -1 : body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

}
