package io.eas.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.eas.client.EasClient;
import io.eas.server.ClosingServletFilter;
import io.eas.server.ClosingWebFilter;
import io.eas.server.Drain;
import io.eas.server.ServedApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When an application is a server on EAS.
 */
@Tag("application")
@ExtendWith(OutputCaptureExtension.class)
class EasServerAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATION = AutoConfigurations.of(EasServerAutoConfiguration.class);

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withConfiguration(CONFIGURATION);

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATION);

	@Test
	void serverSupportIsDisabledByDefault() {
		this.reactive.run((context) -> assertThat(context).doesNotHaveBean(Drain.class)
			.doesNotHaveBean(ServerGuard.class)
			.doesNotHaveBean(ProbeGuard.class));
		this.servlet.withPropertyValues("eas.server.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(EasServerAutoConfiguration.class));
	}

	@Test
	void reactiveApplicationIsCheckedForTheRequirementsOfEas() {
		this.reactive.withPropertyValues("eas.server.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(Drain.class)
				.hasSingleBean(ServerGuard.class)
				.hasSingleBean(ProbeGuard.class)
				.hasSingleBean(ClosingWebFilter.class)
				.doesNotHaveBean(ClosingServletFilter.class));
	}

	@Test
	void servletApplicationIsCheckedForTheRequirementsOfEas() {
		this.servlet.withPropertyValues("eas.server.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(Drain.class)
				.hasSingleBean(ServerGuard.class)
				.hasSingleBean(ProbeGuard.class)
				.hasSingleBean(ClosingServletFilter.class)
				.doesNotHaveBean(ClosingWebFilter.class));
	}

	@Test
	void reactiveApplicationUsesItsOwnDrain() {
		this.reactive.withUserConfiguration(OwnDrain.class)
			.withPropertyValues("eas.server.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Drain.class)
				.getBean(ClosingWebFilter.class)
				.extracting(ClosingWebFilter::drain)
				.isSameAs(context.getBean("ownDrain")));
	}

	@Test
	void servletApplicationUsesItsOwnDrain() {
		this.servlet.withUserConfiguration(OwnDrain.class)
			.withPropertyValues("eas.server.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Drain.class)
				.getBean(ClosingServletFilter.class)
				.extracting(ClosingServletFilter::drain)
				.isSameAs(context.getBean("ownDrain")));
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void ownDrainIsNotifiedWhenTheApplicationIsReady(WebApplicationType type, CapturedOutput output) {
		ServedApplication.start(type, List.of(OwnDrain.class), "eas.server.drain-delay=1h").close();
		assertThat(output).containsOnlyOnce("Draining for 70ms: ");
	}

	@Test
	void backsOffWhereThereIsNoServer() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATION)
			.withPropertyValues("eas.server.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Drain.class));
	}

	@Test
	void backsOffWithoutSpringBootsServers() {
		this.reactive.withClassLoader(new FilteredClassLoader(WebServerFactoryCustomizer.class))
			.withPropertyValues("eas.server.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Drain.class));
	}

	@Test
	void needsNeitherServletsNorActuatorNorSecurityInAReactiveApplication() {
		this.reactive
			.withClassLoader(new FilteredClassLoader("jakarta.servlet", "org.springframework.boot.actuate",
					"org.springframework.boot.health", "org.springframework.security"))
			.withPropertyValues("eas.server.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Drain.class));
	}

	@Test
	void needsNeitherWebFluxNorActuatorNorSecurityInAServletApplication() {
		this.servlet
			.withClassLoader(
					new FilteredClassLoader("org.springframework.web.reactive", "org.springframework.boot.actuate",
							"org.springframework.boot.health", "org.springframework.security"))
			.withPropertyValues("eas.server.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Drain.class));
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void serverNeedsNoClientAndPollsNothing(WebApplicationType type) {
		try (ConfigurableApplicationContext context = ServedApplication.start(type, List.of())) {
			assertThat(context.getBeanNamesForType(EasClient.class)).isEmpty();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("eas-"));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void serverWorksIfClientsAreDisabled(WebApplicationType type) {
		try (ConfigurableApplicationContext context = ServedApplication.start(type, List.of(), "eas.enabled=false")) {
			assertThat(context.getBeanNamesForType(Drain.class)).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void drainRunsBeforeAnythingElseStops(WebApplicationType type, CapturedOutput output) {
		ConfigurableApplicationContext context = ServedApplication.start(type, List.of(),
				"eas.server.drain-delay=100ms", "management.server.port=0");
		context.close();
		assertThat(output).containsOnlyOnce("Draining for 100ms: readiness refuses traffic, requests are still served")
			.containsSubsequence("Drained: the server stops", "Commencing graceful shutdown");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void randomPortIsNotDrained(WebApplicationType type, CapturedOutput output) {
		ServedApplication.start(type, List.of()).close();
		assertThat(output).doesNotContain("Drain");
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDrain {

		@Bean
		Drain ownDrain(ApplicationContext context) {
			return new Drain(context, Duration.ofMillis(70));
		}

	}

}
