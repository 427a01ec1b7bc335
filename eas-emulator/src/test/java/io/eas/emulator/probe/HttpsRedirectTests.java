package io.eas.emulator.probe;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;

import io.eas.emulator.net.Loopback;
import io.eas.emulator.net.Network;
import io.eas.emulator.probe.ProbeResult.Failure;
import io.eas.emulator.probe.ProbeResult.Success;
import io.eas.test.RawServer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Models that send everybody on to HTTPS, with a certificate that nobody has signed.
 */
class HttpsRedirectTests {

	private static final String PASSWORD = "not-secret";

	@Test
	void httpsRedirectIsFollowedWithoutVerifyingTheCertificate(@TempDir Path directory) throws Exception {
		SslContext ssl = SslContextBuilder.forServer(keys(directory.resolve("keys.p12"))).build();
		DisposableServer server = HttpServer.create()
			.host(Loopback.HOST)
			.secure((spec) -> spec.sslContext(ssl))
			.handle((request, response) -> response.status(request.uri().equals("/fine") ? 200 : 503).send())
			.bindNow();
		try (Network network = new Network()) {
			assertThat(redirected(network, server.port(), "/fine"))
				.isEqualTo(new Success("GET / answered 200 after 1 redirect"));
			assertThat(redirected(network, server.port(), "/broken"))
				.isEqualTo(new Failure("GET / answered 503 after 1 redirect"));
		}
		finally {
			server.disposeNow();
		}
	}

	private static ProbeResult redirected(Network network, int port, String path) throws Exception {
		try (RawServer server = RawServer.answering("HTTP/1.1 308 Permanent Redirect\r\nLocation: https://"
				+ Loopback.address(port) + path + "\r\nContent-Length: 0\r\n\r\n")) {
			return new Prober(network).probe(Checks.get("/"), Checks.at(server.port())).block(Checks.PATIENCE);
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
