package io.eas.discovery.probe;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;

import javax.net.ssl.KeyManagerFactory;

import io.eas.discovery.probe.ProbeResult.Failed;
import io.eas.discovery.probe.ProbeResult.Passed;
import io.eas.test.RawServer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances that send everybody on to HTTPS, with a certificate that nobody has signed.
 */
class HttpsRedirectTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String PASSWORD = "not-secret";

	@Test
	void httpsRedirectIsFollowedWithoutVerifyingTheCertificate(@TempDir Path directory) throws Exception {
		SslContext ssl = SslContextBuilder.forServer(keys(directory.resolve("keys.p12"))).build();
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.secure((spec) -> spec.sslContext(ssl))
			.handle((request, response) -> response.status(request.uri().equals("/fine") ? 200 : 503).send())
			.bindNow();
		try {
			assertThat(redirected(server.port(), "/fine"))
				.isEqualTo(new Passed("GET / answered 200 after redirects: 1", false));
			assertThat(redirected(server.port(), "/broken"))
				.isEqualTo(new Failed("GET / answered 503 after redirects: 1"));
		}
		finally {
			server.disposeNow();
		}
	}

	private static ProbeResult redirected(int port, String path) throws Exception {
		try (RawServer server = RawServer.answering("HTTP/1.1 308 Permanent Redirect\r\nLocation: https://127.0.0.1:"
				+ port + path + "\r\nContent-Length: 0\r\n\r\n")) {
			return new HttpGetProber(HttpClient.newConnection(), "/", null, PATIENCE, Schedulers.parallel())
				.probe(HttpGetProberTests.at(server.port()))
				.block(PATIENCE);
		}
	}

	private static KeyManagerFactory keys(Path file) throws Exception {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "model", "-keyalg", "EC", "-dname", "CN=somebody.example", "-storetype",
				"PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(keytool.waitFor()).isZero();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD.toCharArray());
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD.toCharArray());
		return keys;
	}

}
