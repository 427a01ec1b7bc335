package io.eas.autoconfigure;

import io.eas.properties.EasServicesBinder;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that keeps tokens out of Actuator's {@code env} and
 * {@code configprops}, even where those are set to show values, and where EAS itself is
 * turned off.
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
