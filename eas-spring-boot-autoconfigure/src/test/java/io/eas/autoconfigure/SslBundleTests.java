package io.eas.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eas.Eas;
import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasConnectException;
import io.eas.client.EasException;
import io.eas.client.auth.AuthScheme;
import io.eas.client.call.LocalEas;
import io.eas.properties.InvalidEasPropertyException;
import io.eas.service.ServiceSettings.Mode;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An endpoint over TLS that asks for a client certificate.
 */
class SslBundleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private static Path directory;

	private static Certificate right;

	private static Certificate wrong;

	private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();

	/** Its own, since an application ends the shared ones when it stops. */
	private static final LoopResources LOOPS = LoopResources.create("tls-endpoint", 1, true);

	private static DisposableServer endpoint;

	@BeforeAll
	static void start() throws Exception {
		right = Certificate.of(directory, "localhost");
		wrong = Certificate.of(directory, "other.test");
		Http11SslContextSpec asking = right.server();
		asking.configure((ssl) -> ssl.trustManager(right.trustManagers()).clientAuth(ClientAuth.REQUIRE));
		GenericSslContextSpec<?> server = asking;
		endpoint = HttpServer.create()
			.runOn(LOOPS)
			.host("127.0.0.1")
			.port(0)
			.secure((ssl) -> ssl.sslContext(server))
			.handle((request, response) -> {
				REQUESTS.add(request.uri());
				return response.sendString(Mono.just("ok"));
			})
			.bindNow();
	}

	@AfterAll
	static void stop() {
		endpoint.disposeNow();
		LOOPS.dispose();
	}

	private static ApplicationContextRunner application(String... properties) {
		return LocalEas.application()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withBean("bundles", SslBundleRegistrar.class, () -> (registry) -> {
				registry.registerBundle("right", right.bundle());
				registry.registerBundle("wrong", wrong.bundle());
				registry.registerBundle("anonymous", SslBundle.of(SslStoreBundle.of(null, null, right.authority())));
			})
			.withPropertyValues("eas.endpoint=https://localhost:" + endpoint.port(), "eas.auth.scheme=none",
					"eas.mode=gateway", "eas.services.mnist.service-name=mnist")
			.withPropertyValues(properties);
	}

	private static String predict(EasClient client) {
		return client.predict("x", String.class).block(PATIENCE);
	}

	@Test
	void bundleOfTheServiceWinsOverThatOfAllServices() {
		application("eas.http.ssl.bundle=wrong", "eas.services.mnist.http.ssl.bundle=right")
			.run((context) -> assertThat(predict(context.getBean(EasClient.class))).isEqualTo("ok"));
	}

	@Test
	void bundleOfSpringsOwnClientsIsTheDefault() {
		application("spring.http.clients.ssl.bundle=right")
			.run((context) -> assertThat(predict(context.getBean(EasClient.class))).isEqualTo("ok"));
		application("spring.http.reactiveclient.ssl.bundle=right")
			.run((context) -> assertThat(predict(context.getBean(EasClient.class))).isEqualTo("ok"));
	}

	@Test
	void discoveryUsesTheBundle() {
		REQUESTS.clear();
		application("eas.http.ssl.bundle=right", "eas.mode=direct", "eas.discovery.startup-timeout=1s")
			.run((context) -> assertThat(REQUESTS).isNotEmpty()
				.allSatisfy((request) -> assertThat(request).endsWith("/upstreams/mnist")));
	}

	@Test
	void authorityThatIsNotTrustedIsAnErrorWithItsRemedy() {
		application("eas.http.ssl.bundle=wrong").run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			assertThatExceptionOfType(EasConnectException.class).isThrownBy(() -> predict(client))
				.withMessageContaining("(this client doesn't trust the authority of the certificate; name an SSL "
						+ "bundle that has it in http.ssl.bundle)");
		});
	}

	@Test
	void missingClientCertificateIsAnError() {
		application("eas.http.ssl.bundle=anonymous").run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			assertThatExceptionOfType(EasException.class).isThrownBy(() -> predict(client))
				.withMessageContaining("certificate");
		});
	}

	@Test
	void reloadedBundleIsUsedForNewConnections() {
		application("eas.http.ssl.bundle=wrong").run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			assertThatExceptionOfType(EasConnectException.class).isThrownBy(() -> predict(client));
			context.getBean(SslBundleRegistry.class).updateBundle("wrong", right.bundle());
			assertThat(predict(client)).isEqualTo("ok");
		});
	}

	@Test
	void unknownBundlePreventsTheStart() {
		application("eas.services.mnist.http.ssl.bundle=none").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOfSatisfying(InvalidEasPropertyException.class, (failure) -> {
				assertThat(failure).hasMessageContainingAll("eas.services.mnist.http.ssl.bundle", "'none'");
				assertThat(failure.getRemedy()).startsWith("Define it under spring.ssl.bundle; there are [")
					.contains("right", "wrong", "anonymous");
			}));
	}

	@Test
	void programWithoutSpringTakesAnSslContext() throws Exception {
		SslContext context = SslContextBuilder.forClient()
			.trustManager(right.trustManagers())
			.keyManager(right.bundle().getManagers().getKeyManagerFactory())
			.build();
		try (EasClients clients = Eas.builder()
			.endpoint("https://localhost:" + endpoint.port())
			.mode(Mode.GATEWAY)
			.authScheme(AuthScheme.NONE)
			.service("mnist", (mnist) -> mnist.http((http) -> http.sslContext(() -> context)))
			.build()) {
			assertThat(predict(clients.get("mnist"))).isEqualTo("ok");
		}
	}

	@Test
	void bundleIsNotOpenedWithoutTls() {
		application("eas.http.ssl.bundle=right", "eas.endpoint=localhost:" + endpoint.port())
			.run((context) -> assertThat(context).hasNotFailed());
	}

}
