package io.eas.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The vendor's sample application in Java: reads every body as JSON, and so answers 500
 * to a GET, which has none.
 */
public final class SeedModel {

	private SeedModel() {
	}

	/** One line, as in a descriptor. */
	public static String command() {
		return String.join(" ", List.of(TestModel.java(SeedModel.class)));
	}

	public static void main(String[] args) throws IOException {
		HttpServer server = HttpServer.create(
				new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv("PORT"))), 0);
		server.createContext("/", SeedModel::process);
		server.start();
		System.out.println("serving with VAR_NAME=" + System.getenv("VAR_NAME"));
	}

	private static void process(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		exchange.sendResponseHeaders((body.length == 0) ? 500 : 200, -1);
		exchange.close();
	}

}
