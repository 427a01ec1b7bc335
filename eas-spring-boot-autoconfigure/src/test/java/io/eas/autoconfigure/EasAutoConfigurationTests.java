package io.eas.autoconfigure;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eas.actuate.EasEndpoint;
import io.eas.actuate.EasEndpoint.SettingDescriptor;
import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasConnectException;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.health.EasHealthContributor;
import io.eas.service.EasThreads;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which beans there are, and whose.
 */
@Tag("application")
@ExtendWith(OutputCaptureExtension.class)
class EasAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void onlyServiceIsInjectedWithoutQualifier() {
		Applications.withServices("mnist").withBean(OneClient.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(OneClient.class).client().name()).isEqualTo("mnist");
		});
	}

	@Test
	void onlyServiceIsInjectedByItsAliasToo() {
		Applications.withServices("mnist").withUserConfiguration(Qualified.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean("chosen")).isEqualTo("mnist");
		});
	}

	@Test
	void oneOfSeveralServicesIsInjectedByItsAlias() {
		Applications.withServices("llm", "mnist").withUserConfiguration(Qualified.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean("chosen")).isEqualTo("mnist");
		});
	}

	@Test
	void oneOfSeveralServicesIsNeverInjectedByChance() {
		Applications.withServices("llm", "mnist")
			.withBean(OneClient.class)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class)
				.rootCause()
				.hasMessageContaining("found 2")
				.hasMessageContaining("llmEasClient")
				.hasMessageContaining("mnistEasClient"));
	}

	@Test
	void clientsAreFoundByTheirAlias() {
		Applications.withServices("llm", "mnist").run((context) -> {
			EasClients clients = context.getBean(EasClients.class);
			assertThat(clients.names()).containsExactly("llm", "mnist");
			assertThat(clients.get("llm").name()).isEqualTo("llm");
			assertThat(clients.get("mnist")).isSameAs(context.getBean("mnistEasClient")).isSameAs(clients.get("mnist"));
		});
	}

	@Test
	void anApplicationMayHaveManyServices() {
		String[] aliases = IntStream.range(0, 200).mapToObj((index) -> "model-" + index).toArray(String[]::new);
		Applications.withServices(aliases)
			.withPropertyValues("eas.retry.max-attempts=5", "eas.services.model-7.retry.max-attempts=2")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				EasClients clients = context.getBean(EasClients.class);
				assertThat(clients.names()).containsExactly(aliases);
				assertThat(context.getBeanNamesForType(EasClient.class)).hasSize(200);
				assertThat(context.getBean("model-199EasClient")).isSameAs(clients.get("model-199"));
				RetryRegistry retries = context.getBean(RetryRegistry.class);
				assertThat(retries.retry("eas-model-7").getRetryConfig().getMaxAttempts()).isEqualTo(2);
				assertThat(retries.retry("eas-model-8").getRetryConfig())
					.isSameAs(retries.retry("eas-model-9").getRetryConfig())
					.extracting(RetryConfig::getMaxAttempts)
					.isEqualTo(5);
			});
	}

	@Test
	void clientThatIsNotInjectedIsNotCreated() {
		Applications.withServices("llm", "mnist").withUserConfiguration(Qualified.class).run((context) -> {
			assertThat(context.getBeanFactory().containsSingleton("mnistEasClient")).isTrue();
			assertThat(context.getBeanFactory().containsSingleton("llmEasClient")).isFalse();
			assertThat(context.getBeansOfType(EasClient.class)).containsOnlyKeys("llmEasClient", "mnistEasClient");
		});
	}

	@Test
	void unknownAliasIsRejectedWithTheKnownOnes() {
		Applications.withServices("llm", "mnist")
			.run((context) -> assertThatIllegalArgumentException()
				.isThrownBy(() -> context.getBean(EasClients.class).get("minst"))
				.withMessage("There is no EAS service 'minst'. The services under eas.services are [llm, mnist]"));
	}

	@Test
	void aliasesThatDifferOnlyByDashesAreRejected() {
		LocalEas.application()
			.withPropertyValues("eas.endpoint=127.0.0.1:1", "eas.services.my-llm.service-name=a",
					"eas.services.myllm.service-name=b")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("differs from all others by more than dashes"));
	}

	@Test
	void startsWithoutAnyService() {
		LocalEas.application().run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(EasClient.class);
			assertThat(context.getBean(EasClients.class).names()).isEmpty();
		});
	}

	@Test
	void noBeanAndNoThreadIfDisabled() {
		List<String> before = threads();
		Applications.withServices("mnist").withPropertyValues("eas.enabled=false").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(Stream.of(context.getBeanDefinitionNames()).map(context::getType))
				.filteredOn((type) -> type != null && type.getName().startsWith("io.eas"))
				.allMatch((type) -> type == EasActuatorAutoConfiguration.class
						|| type == EasActuatorAutoConfiguration.Refresh.class || type == TokenSanitizer.class
						|| type == SanitizingFunction.class);
			assertThat(before).containsAll(threads());
		});
	}

	@Test
	void clientIsAvailableUnderItsBeanName() {
		Applications.withServices("my-llm")
			.run((context) -> assertThat(context.getBean("my-llmEasClient", EasClient.class).name())
				.isEqualTo("my-llm"));
	}

	@Test
	void noHttpClientBuilderBeanIsDefined() {
		Applications.withServices("mnist")
			.run((context) -> assertThat(context).doesNotHaveBean(WebClient.Builder.class)
				.doesNotHaveBean(RestClient.Builder.class)
				.doesNotHaveBean(HttpClient.class));
	}

	@Test
	void registersTheRetryOfEachServiceWithTheApplicationsRegistry() {
		RetryRegistry own = RetryRegistry.ofDefaults();
		Applications.withServices("llm", "mnist").withBean(RetryRegistry.class, () -> own).run((context) -> {
			assertThat(context).hasSingleBean(RetryRegistry.class);
			assertThat(own.find("eas-llm")).isPresent();
			assertThat(own.find("eas-mnist").map((retry) -> retry.getRetryConfig().getMaxAttempts())).hasValue(3);
		});
	}

	@Test
	void primaryRetryRegistryIsUsedIfThereAreSeveral() {
		RetryRegistry own = RetryRegistry.ofDefaults();
		Applications.withServices("mnist")
			.withBean("other", RetryRegistry.class, RetryRegistry::ofDefaults)
			.withBean("own", RetryRegistry.class, () -> own, (definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(own.find("eas-mnist")).isPresent());
		Applications.withServices("mnist")
			.withBean("other", RetryRegistry.class, RetryRegistry::ofDefaults)
			.withBean("another", RetryRegistry.class, RetryRegistry::ofDefaults)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(EasClient.class);
				assertThat(context.getBeansOfType(RetryRegistry.class).values())
					.allMatch((registry) -> registry.getAllRetries().isEmpty());
			});
	}

	@Test
	void retryRegistryIsDefinedIfTheApplicationHasNone() {
		Applications.withServices("mnist")
			.withPropertyValues("eas.retry.max-attempts=2")
			.run((context) -> assertThat(context.getBean(RetryRegistry.class).find("eas-mnist"))
				.hasValueSatisfying((retry) -> assertThat(retry.getRetryConfig().getMaxAttempts()).isEqualTo(2)));
	}

	@Test
	void retryRegisteredByTheApplicationIsUsed() {
		RetryRegistry own = RetryRegistry.ofDefaults();
		Retry mine = own.retry("eas-mnist", RetryConfig.custom().maxAttempts(1).build());
		LocalEas.application()
			.withPropertyValues("eas.services.mnist.mode=static",
					"eas.services.mnist.instances=127.0.0.1:1,127.0.0.1:2")
			.withBean(RetryRegistry.class, () -> own)
			.run((context) -> {
				assertThatException()
					.isThrownBy(() -> context.getBean(EasClient.class).predict("x", String.class).block(PATIENCE))
					.isInstanceOfSatisfying(EasConnectException.class, (failure) -> {
						// what got no connection has moved on once, which is no retry
						assertThat(failure.attempt()).isEqualTo(2);
						assertThat(failure.maxAttempts()).isEqualTo(2);
					});
				assertThat(mine.getMetrics().getNumberOfFailedCallsWithoutRetryAttempt()
						+ mine.getMetrics().getNumberOfFailedCallsWithRetryAttempt())
					.isEqualTo(1);
			});
	}

	@Test
	void connectionDetailsTakePrecedenceOverTheConfiguration() {
		try (EasEmulator eas = LocalEas.start(EmulatedHandler.echo(), 100)) {
			LocalEas.application(eas, "eas.endpoint=127.0.0.1:1")
				.withBean(EasConnectionDetails.class, () -> (alias) -> alias.equals("echo") ? eas.endpoint() : null)
				.run((context) -> assertThat(
						context.getBean(EasClient.class).predict("hello", String.class).block(PATIENCE))
					.isEqualTo("hello"));
		}
	}

	@Test
	void connectionDetailsOfALocalEasAllowItsAddress() {
		try (EasEmulator eas = LocalEas.start(EmulatedHandler.echo(), 100)) {
			LocalEas.application(eas, "eas.endpoint=127.0.0.1:1", "eas.discovery.allowed-networks=10.0.0.0/8")
				.withConfiguration(AutoConfigurations.of(EasEndpointAutoConfiguration.class))
				.withPropertyValues("management.endpoints.web.exposure.include=eas")
				.withBean(EasConnectionDetails.class, () -> EasConnectionDetails.ofLocalEas("localhost", eas.port()))
				.run((context) -> {
					assertThat(context.getBean(EasClient.class).predict("hello", String.class).block(PATIENCE))
						.isEqualTo("hello");
					assertThat(context.getBean(EasEndpoint.class).service("echo", null).settings()).containsEntry(
							"discovery.allowed-networks",
							new SettingDescriptor(List.of("127.0.0.1/32"), null, "EasConnectionDetails"));
				});
		}
	}

	@Test
	void hostOfALocalEasMustHaveAnAddress() {
		assertThat(EasConnectionDetails.ofLocalEas("::1", 8500).getEndpoint("echo")).isEqualTo("[::1]:8500");
		assertThat(EasConnectionDetails.ofLocalEas("::1", 8500).getAllowedNetworks("echo")).containsExactly("::1/128");
		assertThatIllegalArgumentException().isThrownBy(() -> EasConnectionDetails.ofLocalEas("[eas]", 8500))
			.withMessage("The host of the local EAS has no address: '[eas]'");
	}

	@Test
	void configurationIsUsedIfConnectionDetailsReturnNull() {
		try (EasEmulator eas = LocalEas.start(EmulatedHandler.echo(), 100)) {
			LocalEas.application(eas)
				.withBean(EasConnectionDetails.class, () -> (alias) -> null)
				.run((context) -> assertThat(
						context.getBean(EasClient.class).predict("hello", String.class).block(PATIENCE))
					.isEqualTo("hello"));
		}
	}

	@Test
	void runsOnTheApplicationsOwnEventLoops() {
		try (EasEmulator eas = LocalEas.start(EmulatedHandler.echo(), 100)) {
			LocalEas.application(eas).withBean(ReactorResourceFactory.class, () -> {
				ReactorResourceFactory resources = new ReactorResourceFactory();
				resources.setUseGlobalResources(false);
				resources.setLoopResourcesSupplier(() -> LoopResources.create("mine", 1, true));
				resources.setShutdownQuietPeriod(Duration.ZERO);
				return resources;
			}).run((context) -> {
				assertThat(context).hasSingleBean(ReactorResourceFactory.class);
				assertThat(context.getBean(EasClient.class)
					.predict("hello", String.class)
					.map((answer) -> Thread.currentThread().getName())
					.block(PATIENCE)).startsWith("mine-");
			});
		}
	}

	@Test
	void healthOfEachServiceIsAContributorOfTheApplication() {
		Applications.withServices("llm", "mnist")
			.withConfiguration(AutoConfigurations.of(HealthContributorRegistryAutoConfiguration.class,
					HealthEndpointAutoConfiguration.class))
			.run((context) -> {
				CompositeHealthDescriptor eas = (CompositeHealthDescriptor) context.getBean(HealthEndpoint.class)
					.healthForPath("eas");
				assertThat(eas.getStatus()).isEqualTo(Status.UP);
				assertThat(eas.getComponents()).containsOnlyKeys("llm", "mnist");
			});
	}

	@Test
	void healthIsInNeitherLivenessNorReadinessGroup() {
		Applications.withServices("mnist")
			.withConfiguration(AutoConfigurations.of(HealthContributorRegistryAutoConfiguration.class,
					HealthEndpointAutoConfiguration.class, AvailabilityProbesAutoConfiguration.class,
					AvailabilityHealthContributorAutoConfiguration.class,
					ApplicationAvailabilityAutoConfiguration.class))
			.withPropertyValues("management.endpoint.health.probes.enabled=true",
					"management.health.livenessstate.enabled=true", "management.health.readinessstate.enabled=true")
			.run((context) -> {
				HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
				assertThat(groups.getNames()).containsExactlyInAnyOrder("liveness", "readiness");
				assertThat(groups.getNames()).noneMatch((name) -> groups.get(name).isMember("eas"));
				assertThat(groups.getPrimary().isMember("eas")).isTrue();
			});
	}

	@Test
	void healthCanBeDisabled() {
		Applications.withServices("mnist")
			.withPropertyValues("management.health.eas.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(EasHealthContributor.class)
				.hasSingleBean(EasClient.class));
	}

	@Test
	void worksWithoutTheHealthModule() {
		Applications.withServices("mnist")
			.withClassLoader(new FilteredClassLoader(ReactiveHealthContributor.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ReactiveHealthContributor.class)
				.hasSingleBean(EasClient.class));
	}

	@Test
	void worksWithoutActuator() {
		Applications.withServices("mnist")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("easTokenSanitizingFunction")
				.hasSingleBean(EasClient.class));
	}

	@Test
	void worksInAServletApplication() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(EasAutoConfiguration.class, EasHealthAutoConfiguration.class,
					EasActuatorAutoConfiguration.class))
			.withPropertyValues("eas.services.mnist.mode=static", "eas.services.mnist.instances=127.0.0.1:9")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(EasClient.class));
	}

	@Test
	void worksInAReactiveWebApplication() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(EasAutoConfiguration.class, EasHealthAutoConfiguration.class,
					EasActuatorAutoConfiguration.class))
			.withPropertyValues("eas.services.mnist.mode=static", "eas.services.mnist.instances=127.0.0.1:9")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(EasClient.class));
	}

	@Test
	void startedServicesStopWithTheContext() {
		Applications.withServices("mnist").run((context) -> {
			SmartLifecycle polling = context.getBean("easPolling", SmartLifecycle.class);
			EasThreads threads = context.getBean(EasThreads.class);
			assertThat(polling.isRunning()).isTrue();
			context.close();
			assertThat(polling.isRunning()).isFalse();
			assertThat(threads.polls().isDisposed()).isTrue();
			assertThat(threads.timer().isDisposed()).isTrue();
		});
	}

	@Test
	void missingTokenIsLoggedOnce(CapturedOutput output) {
		Applications.withServices("mnist").run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("mnist: no token is configured, so calls are sent without credentials; set "
				+ "token, or set auth.scheme to 'none' if this is intended");
	}

	@Test
	void missingTokenIsNotLoggedForSchemeNone(CapturedOutput output) {
		Applications.withServices("mnist")
			.withPropertyValues("eas.auth.scheme=none")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("token");
	}

	/**
	 * The classes really are missing, also for what looks for them from its own loader.
	 */
	@Test
	void callsWithNoOptionalLibraryOnTheClassPath() throws Exception {
		List<String> optional = List.of("protobuf", "actuator", "health", "spring-boot-webclient",
				"spring-boot-restclient", "spring-boot-webflux", "micrometer-core", "spring-boot-micrometer",
				"micrometer-jakarta9", "spring-boot-http-client", "servlet", "webmvc", "web-server", "tomcat",
				"security");
		URL[] rest = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> optional.stream().noneMatch((name) -> new File(entry).getName().contains(name)))
			.map(EasAutoConfigurationTests::url)
			.toArray(URL[]::new);
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (EasEmulator eas = LocalEas.start(EmulatedHandler.echo(), 100);
				URLClassLoader loader = new URLClassLoader(rest, ClassLoader.getPlatformClassLoader())) {
			thread.setContextClassLoader(loader);
			Object answer = loader.loadClass(SmallApplication.class.getName())
				.getMethod("call", String.class, String.class)
				.invoke(null, eas.endpoint(), LocalEas.TOKEN);
			assertThat(answer).isEqualTo("{\"n\":1}");
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URL url(String entry) {
		try {
			return new File(entry).toURI().toURL();
		}
		catch (java.net.MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("eas-"))
			.sorted()
			.toList();
	}

	record OneClient(EasClient client) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Qualified {

		@Bean
		String chosen(@Qualifier("mnist") EasClient client) {
			return client.name();
		}

	}

}
