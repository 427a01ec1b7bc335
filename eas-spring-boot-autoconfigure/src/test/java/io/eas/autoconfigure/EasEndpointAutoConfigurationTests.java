package io.eas.autoconfigure;

import io.eas.actuate.EasEndpoint;
import io.eas.actuate.EasEndpointWebExtension;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When there is an endpoint.
 */
class EasEndpointAutoConfigurationTests {

	private final ApplicationContextRunner application = Applications.withServices("mnist")
		.withConfiguration(AutoConfigurations.of(EasEndpointAutoConfiguration.class));

	@Test
	void endpointIsThereIfExposed() {
		this.application.withPropertyValues("management.endpoints.web.exposure.include=eas")
			.run((context) -> assertThat(context).hasSingleBean(EasEndpoint.class)
				.hasSingleBean(EasEndpointWebExtension.class));
	}

	@Test
	void endpointOverJmxNeedsNoWebExtension() {
		this.application.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=eas")
			.run((context) -> assertThat(context).hasSingleBean(EasEndpoint.class)
				.doesNotHaveBean(EasEndpointWebExtension.class));
	}

	@Test
	void thereIsNoEndpointByDefault() {
		this.application.run((context) -> assertThat(context).doesNotHaveBean(EasEndpoint.class)
			.doesNotHaveBean(EasEndpointWebExtension.class));
	}

	@Test
	void thereIsNoEndpointWithoutAccess() {
		this.application
			.withPropertyValues("management.endpoints.web.exposure.include=eas", "management.endpoint.eas.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(EasEndpoint.class));
	}

	@Test
	void thereIsNoEndpointWithoutActuator() {
		for (Class<?> missing : new Class<?>[] { Endpoint.class, ConditionalOnAvailableEndpoint.class }) {
			this.application.withPropertyValues("management.endpoints.web.exposure.include=eas")
				.withClassLoader(new FilteredClassLoader(missing))
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("easEndpoint"));
		}
	}

	@Test
	void thereIsNoEndpointIfEasIsDisabled() {
		this.application.withPropertyValues("management.endpoints.web.exposure.include=eas", "eas.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EasEndpoint.class));
	}

}
