package io.eas.autoconfigure;

import io.eas.properties.EasServicesBinder;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that masks tokens in Actuator's endpoints {@code env} and
 * {@code configprops}, even if these are configured to show values, and even if
 * {@code eas.enabled} is false.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class EasActuatorAutoConfiguration {

	EasActuatorAutoConfiguration() {
	}

	@Bean
	SanitizingFunction easTokenSanitizingFunction(Environment environment) {
		return new TokenSanitizer(new EasServicesBinder(environment));
	}

}
