package io.eas.properties;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.eas.client.auth.AuthScheme;
import io.eas.client.request.HttpSettings;
import io.eas.client.retry.RetryRules.RetryOn;
import io.eas.health.Freshness;
import io.eas.loadbalancer.prefix.SignalSettings;
import io.eas.properties.EasServiceProperties.Auth;
import io.eas.properties.EasServiceProperties.LoadBalanced;
import io.eas.properties.ProbeProperties.HttpGet;
import io.eas.properties.ProbeProperties.TcpSocket;
import io.eas.properties.RetryProperties.Backoff;
import io.eas.properties.RetryProperties.Budget;
import io.eas.service.LoadBalancerSettings.Algorithm;
import io.eas.service.ServiceSettings;
import io.eas.service.ServiceSettings.Mode;
import io.eas.service.Startup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.unit.DataSize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the properties of a service are when something, or nothing, is said.
 */
class EasServicePropertiesTests {

	private final Map<String, Object> variables = new LinkedHashMap<>();

	private final Map<String, Object> properties = new LinkedHashMap<>();

	@Test
	void unsetPropertiesHaveDocumentedDefaults() {
		this.properties.put("eas.services.mnist.service-name", "mnist_saved_model_example");
		assertThat(bind("mnist")).isEqualTo(new EasServiceProperties(null, null, null, Mode.DIRECT, false, List.of(),
				"mnist_saved_model_example", null, null, "/api/predict/{service-name}", new Auth(null),
				new LoadBalanced(false),
				new DiscoveryProperties(null, Duration.ofSeconds(5), 0.2, false, Duration.ofSeconds(1),
						Duration.ofSeconds(3), Startup.Mode.WAIT, Duration.ofSeconds(5), DataSize.ofMegabytes(4), true,
						List.of(), new SnapshotProperties(false, null, Duration.ofHours(24))),
				new LoadBalancerProperties(Algorithm.WEIGHTED_ROUND_ROBIN, Duration.ZERO, null, 800, 2048,
						SignalSettings.Source.NONE, "/metrics", Duration.ofMillis(500)),
				new RetryProperties(3, Set.of(RetryOn.CONNECT, RetryOn.RESET, RetryOn.REFUSED_BY_STATUS),
						Set.of(450, 502, 503, 504), true, new Backoff(Duration.ZERO, Duration.ofMillis(200), 2, 0.5),
						new Budget(0.2, 10)),
				new EjectionProperties(true, 3, Duration.ofSeconds(5), Duration.ofMinutes(5), 50),
				new ProbeProperties(false, new HttpGet(null, null), null, Duration.ofSeconds(10), Duration.ofSeconds(1),
						1, 3, true),
				new HttpProperties(Duration.ofMillis(500), Duration.ofSeconds(5), null, null, null, null, 100,
						Duration.ofSeconds(1), Duration.ofSeconds(25), Duration.ofMinutes(5), DataSize.ofMegabytes(16),
						DataSize.ofKilobytes(8), io.eas.client.codec.RequestCompression.NONE, null, null,
						new HttpProperties.Ssl(null)),
				new HealthProperties(null, Duration.ofMinutes(5)), new ObservationProperties(false)));
	}

	@Test
	void defaultsAreThoseOfTheClient() {
		this.properties.put("eas.services.mnist", "");
		assertThat(bind("mnist").settings(ServiceOverrides.NONE)).isEqualTo(ServiceSettings.DEFAULTS);
	}

	@Test
	void serviceWithoutPropertiesHasTheDefaults() {
		this.properties.put("eas.services.mnist", "");
		this.properties.put("eas.mode", "static");
		assertThat(aliases()).containsExactly("mnist");
		assertThat(bind("mnist").mode()).isEqualTo(Mode.STATIC);
		assertThat(bind("mnist").retry().maxAttempts()).isEqualTo(3);
	}

	@Test
	void propertiesOfAServiceAreBoundOnce() {
		EasServicesBinder binder = binder();
		assertThat(binder.bind("mnist")).isSameAs(binder.bind("mnist"));
	}

	@Test
	void emptyValueCountsAsAbsent() {
		this.properties.put("eas.services.mnist.discovery.interval", "");
		this.properties.put("eas.services.mnist.http.max-in-memory-size", "");
		assertThat(bind("mnist").discovery().interval()).isEqualTo(Duration.ofSeconds(5));
		assertThat(bind("mnist").http().maxInMemorySize()).isEqualTo(DataSize.ofMegabytes(16));
	}

	@Test
	void defaultRequestTimeoutIsTwiceTheResponseTimeoutButAtLeastTenSeconds() {
		assertThat(http().callTimeout()).isEqualTo(Duration.ofSeconds(10));
		this.properties.put("eas.http.response-timeout", "200ms");
		assertThat(http().callTimeout()).isEqualTo(Duration.ofSeconds(10));
		this.properties.put("eas.http.response-timeout", "60s");
		assertThat(http().callTimeout()).isEqualTo(Duration.ofMinutes(2));
		this.properties.put("eas.http.request-timeout", "70s");
		assertThat(http().callTimeout()).isEqualTo(Duration.ofSeconds(70));
	}

	@Test
	void listIsStaleAfterThreeIntervalsByDefault() {
		this.properties.put("eas.discovery.interval", "6s");
		assertThat(freshness()).isEqualTo(new Freshness(Duration.ofSeconds(18), Duration.ofMinutes(5)));
		this.properties.put("eas.health.stale-after", "7s");
		assertThat(freshness()).isEqualTo(new Freshness(Duration.ofSeconds(7), Duration.ofMinutes(5)));
	}

	@Test
	void serviceOverridesSharedPropertiesKeyByKeyInEveryGroup() {
		this.properties.put("eas.uid", "1");
		this.properties.put("eas.region-id", "cn-hangzhou");
		this.properties.put("eas.discovery.timeout", "2s");
		this.properties.put("eas.discovery.jitter", "0.1");
		this.properties.put("eas.retry.max-attempts", "5");
		this.properties.put("eas.retry.backoff.max", "1s");
		this.properties.put("eas.retry.backoff.multiplier", "3");
		this.properties.put("eas.retry.budget.min-per-second", "3");
		this.properties.put("eas.probe.enabled", "true");
		this.properties.put("eas.probe.http-get.path", "/readyz?full=1");
		this.properties.put("eas.http.connect-timeout", "100ms");
		this.properties.put("eas.health.down-after", "1m");
		this.properties.put("eas.auth.scheme", "bearer");
		this.properties.put("eas.services.mnist.region-id", "cn-beijing");
		this.properties.put("eas.services.mnist.discovery.jitter", "0.3");
		this.properties.put("eas.services.mnist.retry.backoff.multiplier", "4");
		this.properties.put("eas.services.mnist.retry.budget.ratio", "0.5");
		this.properties.put("eas.services.mnist.probe.http-get.port", "8502");
		this.properties.put("eas.services.mnist.probe.before-use", "false");
		this.properties.put("eas.services.mnist.http.response-timeout", "1s");
		this.properties.put("eas.services.mnist.health.stale-after", "20s");
		this.properties.put("eas.services.mnist.auth.scheme", "token");
		EasServiceProperties mnist = bind("mnist");
		assertThat(mnist.uid()).isEqualTo("1");
		assertThat(mnist.regionId()).isEqualTo("cn-beijing");
		assertThat(mnist.discovery().timeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(mnist.discovery().jitter()).isEqualTo(0.3);
		assertThat(mnist.retry().maxAttempts()).isEqualTo(5);
		assertThat(mnist.retry().backoff()).isEqualTo(new Backoff(Duration.ZERO, Duration.ofSeconds(1), 4, 0.5));
		assertThat(mnist.retry().budget()).isEqualTo(new Budget(0.5, 3));
		assertThat(mnist.probe()).isEqualTo(new ProbeProperties(true, new HttpGet("/readyz?full=1", 8502), null,
				Duration.ofSeconds(10), Duration.ofSeconds(1), 1, 3, false));
		assertThat(mnist.http().connectTimeout()).isEqualTo(Duration.ofMillis(100));
		assertThat(mnist.http().responseTimeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(mnist.health()).isEqualTo(new HealthProperties(Duration.ofSeconds(20), Duration.ofMinutes(1)));
		assertThat(mnist.auth().scheme()).isEqualTo(AuthScheme.TOKEN);
		assertThat(bind("llm").auth().scheme()).isEqualTo(AuthScheme.BEARER);
	}

	@Test
	void groupWithoutOwnPropertiesIsSharedByAllServices() {
		this.properties.put("eas.retry.max-attempts", "5");
		this.properties.put("eas.services.mnist.http.response-timeout", "1s");
		this.properties.put("eas.services.llm.retry.backoff.max", "1s");
		EasServicesBinder binder = binder();
		EasServiceProperties mnist = binder.bind("mnist");
		EasServiceProperties llm = binder.bind("llm");
		assertThat(mnist.discovery()).isSameAs(llm.discovery());
		assertThat(mnist.retry()).isNotEqualTo(llm.retry()).isSameAs(binder.bind("other").retry());
		assertThat(mnist.retry().maxAttempts()).isEqualTo(5);
		assertThat(llm.retry().maxAttempts()).isEqualTo(5);
		assertThat(llm.retry().backoff().max()).isEqualTo(Duration.ofSeconds(1));
		assertThat(llm.http().responseTimeout()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void invalidSharedValueIsIgnoredIfEveryServiceOverridesIt() {
		this.properties.put("eas.retry.max-attempts", "0");
		this.properties.put("eas.services.mnist.retry.max-attempts", "2");
		EasServicesBinder binder = binder();
		assertThat(binder.bind("mnist").retry().maxAttempts()).isEqualTo(2);
		assertThatExceptionOfType(InvalidEasPropertyException.class).isThrownBy(() -> binder.bind("llm"))
			.withMessageStartingWith("eas.retry.max-attempts must be");
	}

	@Test
	void variableMayOmitDashesOfAliasAndGroup() {
		this.properties.put("eas.services.my-llm.service-name", "qwen_chat");
		this.properties.put("eas.load-balancer.slow-start", "3s");
		this.variables.put("EAS_SERVICES_MYLLM_LOADBALANCER_ALGORITHM", "least-request");
		EasServicesBinder binder = binder();
		assertThat(binder.bind("my-llm").loadBalancer())
			.isEqualTo(new LoadBalancerProperties(Algorithm.LEAST_REQUEST, Duration.ofSeconds(3), null, 800, 2048,
					SignalSettings.Source.NONE, "/metrics", Duration.ofMillis(500)));
		assertThat(binder.bind("llm").loadBalancer())
			.isEqualTo(new LoadBalancerProperties(Algorithm.WEIGHTED_ROUND_ROBIN, Duration.ofSeconds(3), null, 800,
					2048, SignalSettings.Source.NONE, "/metrics", Duration.ofMillis(500)));
	}

	@Test
	void propertiesFromNonEnumerableSourceAreUsed() {
		this.properties.put("eas.retry.max-attempts", "5");
		Map<String, String> unlisted = Map.of("eas.services.mnist.retry.max-attempts", "2", "eas.http.response-timeout",
				"1s");
		EasServicesBinder binder = binder(new PropertySource<>("unlisted", unlisted) {

			@Override
			public Object getProperty(String name) {
				return this.source.get(name);
			}

		});
		assertThat(binder.bind("llm").retry().maxAttempts()).isEqualTo(5);
		assertThat(binder.bind("mnist").retry().maxAttempts()).isEqualTo(2);
		assertThat(binder.bind("mnist").http().responseTimeout()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void aliasesAreInTheOrderOfTheSources() {
		this.properties.put("eas.services.llm.service-name", "qwen_chat");
		this.properties.put("eas.services.a.service-name", "a");
		this.properties.put("eas.services.llm.token", "secret");
		this.variables.put("EAS_SERVICES_MNIST_SERVICENAME", "mnist");
		assertThat(aliases()).containsExactly("mnist", "llm", "a");
	}

	@Test
	void valueInPlaceOfServicesIsRejected() {
		this.properties.put("eas.services", "mnist");
		assertThatExceptionOfType(InvalidEasPropertyException.class).isThrownBy(this::aliases)
			.withMessage("eas.services must have services below it, and no value of its own, was a value");
		this.properties.put("eas.services", "");
		assertThat(aliases()).isEmpty();
	}

	@Test
	void listOfServiceReplacesSharedListAsAWhole() {
		this.properties.put("eas.retry.on", "connect,reset");
		this.properties.put("eas.retry.on-statuses[0]", "503");
		this.properties.put("eas.retry.on-statuses[1]", "504");
		this.properties.put("eas.discovery.allowed-networks", "10.0.0.0/8,172.16.0.0/12");
		this.properties.put("eas.services.mnist.retry.on", "read-timeout");
		this.properties.put("eas.services.mnist.retry.on-statuses[0]", "429");
		this.properties.put("eas.services.mnist.discovery.allowed-networks[0]", "127.0.0.0/8");
		assertThat(bind("mnist").retry().on()).containsExactly(RetryOn.READ_TIMEOUT);
		assertThat(bind("mnist").retry().onStatuses()).containsExactly(429);
		assertThat(bind("mnist").discovery().allowedNetworks()).containsExactly("127.0.0.0/8");
		assertThat(bind("llm").retry().on()).containsExactlyInAnyOrder(RetryOn.CONNECT, RetryOn.RESET);
		assertThat(bind("llm").retry().onStatuses()).containsExactlyInAnyOrder(503, 504);
		assertThat(bind("llm").discovery().allowedNetworks()).containsExactly("10.0.0.0/8", "172.16.0.0/12");
	}

	@Test
	void listOfServiceMayBeEmpty() {
		this.properties.put("eas.services.mnist.retry.on", "");
		assertThat(bind("mnist").retry().on()).isEmpty();
	}

	@Test
	void serviceWithItsOwnProbeInheritsNoPartOfTheSharedOne() {
		this.properties.put("eas.probe.http-get.path", "/readyz");
		this.properties.put("eas.probe.http-get.port", "8502");
		this.properties.put("eas.services.mnist.probe.tcp-socket", "true");
		this.properties.put("eas.services.llm.probe.tcp-socket.port", "8503");
		assertThat(bind("mnist").probe().httpGet()).isEqualTo(new HttpGet(null, null));
		assertThat(bind("mnist").probe().tcpSocket()).isEqualTo(new TcpSocket(null));
		assertThat(bind("llm").probe().port()).isEqualTo(8503);
		assertThat(bind("other").probe().port()).isEqualTo(8502);
		this.properties.remove("eas.probe.http-get.path");
		this.properties.remove("eas.probe.http-get.port");
		this.properties.put("eas.probe.tcp-socket", "true");
		this.properties.put("eas.services.other.probe.http-get.path", "/livez");
		assertThat(bind("llm").probe().tcpSocket()).isEqualTo(new TcpSocket(8503));
		assertThat(bind("other").probe().tcpSocket()).isNull();
		assertThat(bind("other").probe().httpGet()).isEqualTo(new HttpGet("/livez", null));
	}

	@Test
	void tcpSocketFalseCountsAsAbsent() {
		this.properties.put("eas.probe.tcp-socket", "false");
		this.properties.put("eas.probe.http-get.path", "/readyz");
		this.properties.put("eas.services.mnist.probe.http-get.path", "");
		assertThat(bind("llm").probe().tcpSocket()).isNull();
		assertThat(bind("llm").probe().httpGet().path()).isEqualTo("/readyz");
		assertThat(bind("mnist").probe().httpGet().path()).isNull();
		assertThat(bind("mnist").probe().port()).isNull();
	}

	@Test
	void everythingCanBeAnEnvironmentVariable() {
		this.variables.put("EAS_UID", "1");
		this.variables.put("EAS_DISCOVERY_JITTER", "0.1");
		this.variables.put("EAS_RETRY_ONSTATUSES_0_", "503");
		this.variables.put("EAS_SERVICES_MNIST_PROBE_HTTPGET_PATH", "/readyz");
		this.variables.put("EAS_PROBE_TCPSOCKET", "true");
		this.variables.put("EAS_SERVICES_MNIST_DISCOVERY_INTERVAL", "7s");
		this.variables.put("EAS_SERVICES_MNIST_SERVICENAME", "mnist_saved_model_example");
		assertThat(aliases()).containsExactly("mnist");
		EasServiceProperties mnist = bind("mnist");
		assertThat(mnist.uid()).isEqualTo("1");
		assertThat(mnist.discovery().interval()).isEqualTo(Duration.ofSeconds(7));
		assertThat(mnist.discovery().jitter()).isEqualTo(0.1);
		assertThat(mnist.probe().httpGet().path()).isEqualTo("/readyz");
		assertThat(mnist.retry().onStatuses()).containsExactly(503);
		assertThat(mnist.serviceName()).isEqualTo("mnist_saved_model_example");
	}

	@Test
	void variableOfServiceOverridesFileAndSharedVariable() {
		this.properties.put("eas.services.mnist.discovery.interval", "6s");
		this.variables.put("EAS_DISCOVERY_INTERVAL", "5s");
		assertThat(bind("mnist").discovery().interval()).isEqualTo(Duration.ofSeconds(6));
		this.variables.put("EAS_SERVICES_MNIST_DISCOVERY_INTERVAL", "7s");
		assertThat(bind("mnist").discovery().interval()).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void variableWithoutDashesOfAnAliasAddsNoService() {
		this.properties.put("eas.services.my-llm.service-name", "qwen_chat");
		this.variables.put("EAS_SERVICES_MYLLM_TOKEN", "secret");
		assertThat(aliases()).containsExactly("my-llm");
		assertThat(bind("my-llm").token()).extracting(Secret::reveal).isEqualTo("secret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "token: 0123456 | eas.services.mnist.token must be text, was a number",
					"token: yes | eas.services.mnist.token must be text, was a truth value",
					"token: 12345678901234567890 | eas.services.mnist.token must be text, was a number",
					"service-name: 0123 | eas.services.mnist.service-name must be text, was a number" })
	void textThatYamlReadsAsNumberOrBooleanIsRejected(String line, String message) throws IOException {
		PropertySource<?> file = new YamlPropertySourceLoader()
			.load("file", new ByteArrayResource(("eas.services.mnist:\n  " + line).getBytes(UTF_8)))
			.get(0);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(file);
		assertThatExceptionOfType(InvalidEasPropertyException.class)
			.isThrownBy(() -> new EasServicesBinder(environment).bind("mnist"))
			.withMessage(message)
			.satisfies((failure) -> assertThat(failure.getRemedy()).startsWith("Put it into quotes"))
			.satisfies((failure) -> assertThat(failure.getOrigin()).asString()
				.endsWith(" - 2:" + (line.indexOf(':') + 5)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{模型: {service-name: m}} | eas.services.模型 must have an alias",
			"{mödel: {service-name: m}} | eas.services.mödel must have an alias",
			"{llm: qwen} | eas.services.llm must have properties below it, and no value of its own, was a value" })
	void invalidAliasOrServiceNameIsRejected(String services, String message) throws IOException {
		PropertySource<?> file = new YamlPropertySourceLoader()
			.load("file", new ByteArrayResource(("eas.services: " + services).getBytes(UTF_8)))
			.get(0);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(file);
		assertThatExceptionOfType(InvalidEasPropertyException.class)
			.isThrownBy(() -> new EasServicesBinder(environment).aliases())
			.withMessageStartingWith(message);
	}

	@ParameterizedTest
	@CsvSource({ "0123456701234567, true", "'\"0123456701234567\"', false", "1234567890123456, false" })
	void accountThatYamlReadsAsOctalNumberIsRejected(String uid, boolean refused) throws IOException {
		PropertySource<?> file = new YamlPropertySourceLoader()
			.load("application.yml", new ByteArrayResource(("eas:\n  uid: " + uid + "\n").getBytes(UTF_8)))
			.get(0);
		this.properties.put("eas.services.mnist", "");
		EasServicesBinder binder = binder(file);
		if (refused) {
			assertThatExceptionOfType(InvalidEasPropertyException.class).isThrownBy(() -> binder.bind("mnist"))
				.withMessageContaining("eas.uid must be text where it may begin with 0, was 5744368105847")
				.satisfies((failure) -> assertThat(failure.getRemedy()).startsWith("Put the ID into quotes"));
		}
		else {
			assertThat(binder.bind("mnist").uid()).isEqualTo(uid.replace("\"", ""));
		}
	}

	@Test
	void placeholdersAreResolvedForOneServiceAndForAll() {
		this.variables.put("EAS_LLM_TOKEN", "secret");
		this.properties.put("patience", "9s");
		this.properties.put("eas.token", "${EAS_LLM_TOKEN}");
		this.properties.put("eas.http.response-timeout", "${patience:1s}");
		this.properties.put("eas.services.mnist.http.request-timeout", "${impatience:20s}");
		assertThat(bind("mnist").token()).extracting(Secret::reveal).isEqualTo("secret");
		assertThat(bind("mnist").http().responseTimeout()).isEqualTo(Duration.ofSeconds(9));
		assertThat(bind("mnist").http().requestTimeout()).isEqualTo(Duration.ofSeconds(20));
	}

	@Test
	void serviceWithItsOwnTokenFileInheritsNoSharedToken() {
		this.properties.put("eas.token", "shared");
		this.properties.put("eas.services.mnist.token-file", "/run/secrets/mnist");
		assertThat(bind("mnist").token()).isNull();
		assertThat(bind("mnist").tokenFile()).isEqualTo("/run/secrets/mnist");
		assertThat(bind("llm").token()).extracting(Secret::reveal).isEqualTo("shared");
	}

	@Test
	void serviceWithItsOwnTokenInheritsNoSharedTokenFile() {
		this.properties.put("eas.token-file", "/run/secrets/shared");
		this.properties.put("eas.services.mnist.token", "own");
		assertThat(bind("mnist").token()).extracting(Secret::reveal).isEqualTo("own");
		assertThat(bind("mnist").tokenFile()).isNull();
	}

	@Test
	void emptyTokenCountsAsAbsent() {
		this.properties.put("eas.token", "shared");
		this.properties.put("eas.services.mnist.token", " ");
		this.properties.put("eas.services.mnist.token-file", "");
		assertThat(bind("mnist").token()).isNull();
		assertThat(bind("mnist").tokenFile()).isNull();
	}

	@Test
	void tokenIsMaskedInToString() {
		this.properties.put("eas.token", " secret\n");
		EasServiceProperties mnist = bind("mnist");
		assertThat(mnist.token()).extracting(Secret::reveal).isEqualTo("secret");
		assertThat(mnist.toString()).contains("token=******").doesNotContain("secret");
	}

	private HttpSettings http() {
		return bind("mnist").http().settings((http) -> {
		});
	}

	private Freshness freshness() {
		EasServiceProperties mnist = bind("mnist");
		return mnist.health().freshness(mnist.discovery().interval());
	}

	private EasServiceProperties bind(String alias) {
		return binder().bind(alias);
	}

	private Set<String> aliases() {
		return binder().aliases();
	}

	private EasServicesBinder binder(PropertySource<?>... more) {
		StandardEnvironment environment = new StandardEnvironment();
		MutablePropertySources sources = environment.getPropertySources();
		sources.forEach((source) -> sources.remove(source.getName()));
		sources.addLast(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				this.variables));
		sources.addLast(new MapPropertySource("file", this.properties));
		List.of(more).forEach(sources::addLast);
		return new EasServicesBinder(environment);
	}

}
