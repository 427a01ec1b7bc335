package io.eas.autoconfigure;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that keeps tokens out of Actuator's {@code env} and
 * {@code configprops}, even where those are set to show values.
 */
@AutoConfiguration(after = EasAutoConfiguration.class)
@ConditionalOnClass(SanitizingFunction.class)
@ConditionalOnBean(EasServicesBinder.class)
public final class EasActuatorAutoConfiguration {

	EasActuatorAutoConfiguration() {
	}

	@Bean
	SanitizingFunction easTokenSanitizingFunction(EasServicesBinder binder) {
		return new TokenSanitizer(binder);
	}

}
