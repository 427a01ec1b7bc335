package io.eas.autoconfigure;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.eas.client.EasConnectException;
import io.eas.client.EasResponse;
import io.eas.properties.EasServicesBinder;
import io.eas.properties.ServiceOverrides;
import io.eas.service.EasService;
import io.eas.service.EasServiceFactory;
import io.eas.service.EasThreads;
import io.eas.service.ServiceListeners;
import io.github.resilience4j.retry.RetryRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
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

	@TempDir
	private static Path directory;

	private static Certificate certificate;

	private static DisposableServer gateway;

	@BeforeAll
	static void start() throws Exception {
		certificate = Certificate.of(directory, "localhost");
		GenericSslContextSpec<?> server = certificate.server();
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
	void gatewayIsCalledOverTls() {
		call(certificate::trustedBy, (answer) -> {
			assertThat(answer.body()).isEqualTo("https localhost:" + gateway.port() + "/api/predict/mnist/a");
			assertThat(answer.instance().address()).isEqualTo("localhost:" + gateway.port());
		}, Map.of("eas.mode", "gateway"));
	}

	@Test
	void fallbackGatewayIsCalledOverTls() {
		call(certificate::trustedBy, (answer) -> assertThat(answer.body()).startsWith("https "),
				Map.of("eas.gateway-fallback", "true"));
	}

	@Test
	void gatewayMustHaveATrustedCertificate() {
		assertThatExceptionOfType(EasConnectException.class)
			.isThrownBy(() -> call(UnaryOperator.identity(), (answer) -> {
			}, Map.of("eas.mode", "gateway")))
			.withMessageStartingWith("mnist: attempt 1 of 3 on localhost:" + gateway.port() + ": no connection: ")
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
				EasService service = new EasServiceFactory(ClientCodecConfigurer::create, RetryRegistry.ofDefaults(),
						network, threads, (alias) -> ServiceListeners.NONE, Clock.systemUTC())
					.create("mnist",
							new EasServicesBinder(environment).bind("mnist").settings(ServiceOverrides.NONE))) {
			check.accept(service.client().get("/a").toEntity(String.class).block(PATIENCE));
		}
	}

}
