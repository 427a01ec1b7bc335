package io.eas.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import io.eas.client.EasConnectException;
import io.eas.client.EasResponse;
import io.eas.client.EasService;
import io.eas.client.EasThreads;
import io.eas.client.ServiceListeners;
import io.github.resilience4j.retry.RetryRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.http.codec.ClientCodecConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A gateway whose URL starts with https.
 */
class SecureGatewayTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final char[] PASSWORD = "changeit".toCharArray();

	@TempDir
	private static Path directory;

	private static KeyStore keys;

	private static DisposableServer gateway;

	@BeforeAll
	static void start() throws Exception {
		keys = keysOf("localhost");
		KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keyManagers.init(keys, PASSWORD);
		GenericSslContextSpec<?> server = Http11SslContextSpec.forServer(keyManagers);
		gateway = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.secure((ssl) -> ssl.sslContext(server))
			.handle((request, response) -> response
				.sendString(Mono.just(request.scheme() + " " + request.requestHeaders().get("Host") + request.uri())))
			.bindNow();
	}

	@AfterAll
	static void stop() {
		gateway.disposeNow();
	}

	@Test
	void isSpokenToOverTls() {
		call(SecureGatewayTests::trusting, (answer) -> {
			assertThat(answer.body()).isEqualTo("https localhost:" + gateway.port() + "/api/predict/mnist/a");
			assertThat(answer.instance().address()).isEqualTo("localhost:" + gateway.port());
		}, Map.of("eas.mode", "gateway"));
	}

	@Test
	void isSpokenToOverTlsAlsoForWantOfInstances() {
		call(SecureGatewayTests::trusting, (answer) -> assertThat(answer.body()).startsWith("https "),
				Map.of("eas.gateway-fallback", "true"));
	}

	@Test
	void mustHaveACertificateThatIsTrusted() {
		assertThatExceptionOfType(EasConnectException.class)
			.isThrownBy(() -> call(UnaryOperator.identity(), (answer) -> {
			}, Map.of("eas.mode", "gateway")))
			.withMessageStartingWith("mnist: attempt 3 of 3 on localhost:" + gateway.port() + ": no connection: ")
			.withMessageContaining("unable to find valid certification path");
	}

	private static void call(UnaryOperator<HttpClient> network, Consumer<EasResponse<String>> check,
			Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		environment.getPropertySources()
			.addLast(new MapPropertySource("all", Map.of("eas.endpoint", "https://localhost:" + gateway.port(),
					"eas.services.mnist.auth.scheme", "none")));
		try (EasThreads threads = new EasThreads();
				EasService service = new EasServiceFactory(new EasServicesBinder(environment), (alias) -> null,
						ClientCodecConfigurer::create, RetryRegistry.ofDefaults(), network, null, threads,
						(alias) -> ServiceListeners.NONE, Clock.systemUTC())
					.create("mnist")) {
			check.accept(service.client().get("/a").toEntity(String.class).block(PATIENCE));
		}
	}

	private static HttpClient trusting(HttpClient client) {
		if (!client.configuration().isSecure()) {
			return client;
		}
		GenericSslContextSpec<?> trusting = Http11SslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(trustManagers()));
		return client.secure((ssl) -> ssl.sslContext(trusting));
	}

	private static TrustManagerFactory trustManagers() {
		try {
			TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			factory.init(keys);
			return factory;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A certificate that nobody has signed, made by the JDK's own tool. */
	private static KeyStore keysOf(String host) throws IOException, InterruptedException, GeneralSecurityException {
		Path file = directory.resolve("gateway.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "gateway", "-keyalg", "EC", "-dname", "CN=" + host, "-ext", "SAN=dns:" + host,
				"-validity", "2", "-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-keystore",
				file.toString())
			.redirectErrorStream(true)
			.start();
		String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(keytool.waitFor()).as(said).isZero();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD);
		}
		return store;
	}

}
