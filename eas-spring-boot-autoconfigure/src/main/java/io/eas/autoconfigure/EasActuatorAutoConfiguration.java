package io.eas.autoconfigure;

import io.eas.properties.EasServicesBinder;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that masks tokens in Actuator's endpoints {@code env} and
 * {@code configprops}, even if these endpoints are configured to show values, and even if
 * {@code eas.enabled} is false.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class EasActuatorAutoConfiguration {

	EasActuatorAutoConfiguration() {
	}

	@Bean
	TokenSanitizer easTokenSanitizingFunction(Environment environment) {
		return new TokenSanitizer(() -> new EasServicesBinder(environment));
	}

	/** Makes the sanitizer read the tokens again after the environment has changed. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(EnvironmentChangeEvent.class)
	static class Refresh {

		private final TokenSanitizer sanitizer;

		Refresh(TokenSanitizer sanitizer) {
			this.sanitizer = sanitizer;
		}

		@EventListener(EnvironmentChangeEvent.class)
		void refresh() {
			this.sanitizer.refresh();
		}

	}

}
