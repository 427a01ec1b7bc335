package io.eas.autoconfigure;

import io.eas.server.ClosingServletFilter;
import io.eas.server.ClosingWebFilter;
import io.eas.server.Drain;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of an application that is deployed as a service on EAS. A
 * configuration that wouldn't work on EAS fails the start, and the shutdown waits until
 * callers no longer use the instance. Independent of {@code eas.services}.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty("eas.server.enabled")
@ConditionalOnWebApplication
@ConditionalOnClass(WebServerFactoryCustomizer.class)
@ImportRuntimeHints(ServerHints.class)
public final class EasServerAutoConfiguration {

	EasServerAutoConfiguration() {
	}

	@Bean
	ServerEnvironment easServerEnvironment(Environment environment) {
		return new ServerEnvironment(environment);
	}

	@Bean
	ProbeLocations easProbeLocations(ServerEnvironment environment, ApplicationContext context) {
		return ProbeLocations.of(environment, context);
	}

	@Bean
	ServerGuard easServerGuard(ServerEnvironment environment, ProbeLocations locations) {
		return new ServerGuard(environment, locations);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "eas.server.probes", matchIfMissing = true)
	ProbeGuard easProbeGuard(ProbeLocations locations) {
		return new ProbeGuard(locations);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	Drain easDrain(ServerEnvironment environment, ApplicationContext context) {
		return new Drain(context, environment.properties().drain(environment.server().port()));
	}

	@Bean
	ReadinessListener easReadinessListener(Drain drain, ApplicationContext context) {
		return new ReadinessListener(drain, context);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class Reactive {

		@Bean
		ClosingWebFilter easClosingFilter(Drain drain) {
			return new ClosingWebFilter(drain);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class Servlet {

		@Bean
		ClosingServletFilter easClosingFilter(Drain drain) {
			return new ClosingServletFilter(drain);
		}

	}

}
