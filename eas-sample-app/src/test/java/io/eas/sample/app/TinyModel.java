package io.eas.sample.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A model that sees a seven in everything, as a process: where many calls matter and not
 * what they ask for.
 */
public final class TinyModel {

	private static final byte[] SEVEN = "{\"digit\":7,\"confidence\":1}".getBytes(StandardCharsets.US_ASCII);

	private TinyModel() {
	}

	static List<String> command() {
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
				"-XX:+UseSerialGC", "-Xmx64m", "-Dsun.net.httpserver.nodelay=true", "-cp",
				System.getProperty("java.class.path"), TinyModel.class.getName(), "${PORT}");
	}

	public static void main(String[] args) throws IOException {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
		HttpServer server = HttpServer.create(address, 0);
		server.createContext("/", TinyModel::answer);
		server.setExecutor(Executors.newFixedThreadPool(4));
		server.start();
	}

	private static void answer(HttpExchange exchange) throws IOException {
		exchange.getRequestBody().readAllBytes();
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, SEVEN.length);
		exchange.getResponseBody().write(SEVEN);
		exchange.close();
	}

}
