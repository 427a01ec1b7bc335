package io.eas.benchmarks.paths;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Future;

import io.eas.benchmarks.clients.Body;

/**
 * Calls one instance with the JDK's HTTP client.
 */
final class JdkPath implements CallPath {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI instance;

	JdkPath(List<String> addresses) {
		this.instance = URI.create("http://" + addresses.get(0) + "/");
	}

	@Override
	public void call(Turn turn) {
		HttpRequest request = HttpRequest.newBuilder(this.instance)
			.header("Content-Type", "application/octet-stream")
			.POST(HttpRequest.BodyPublishers.ofByteArray(Body.BYTES))
			.build();
		Future<?> unused = this.client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
			.whenComplete((response, failure) -> turn.accept((response != null) ? response.body() : null, failure));
	}

	@Override
	public void close() {
		// the JDK 17 client can't be closed and ends with its process
	}

}
