package io.eas.emulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A plain HTTP client for tests.
 */
public final class Http {

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(30))
		.build();

	private Http() {
	}

	public static HttpResponse<String> get(String address, String uri) throws IOException, InterruptedException {
		return send(request(address, uri));
	}

	static HttpResponse<String> post(String address, String uri, String body) throws IOException, InterruptedException {
		return send(request(address, uri).POST(BodyPublishers.ofString(body)));
	}

	/** As the documents say; some requests start processes and wait for them. */
	static HttpRequest.Builder admin(int port, String uri) {
		return request("127.0.0.1:" + port, uri).timeout(Duration.ofMinutes(1)).header("X-Eas-Admin", "1");
	}

	static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return CLIENT.send(request.build(), BodyHandlers.ofString());
	}

	static CompletableFuture<HttpResponse<String>> start(HttpRequest.Builder request) {
		return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
	}

	static HttpRequest.Builder request(String address, String uri) {
		return HttpRequest.newBuilder(URI.create("http://" + address + uri)).timeout(Duration.ofSeconds(60));
	}

}
