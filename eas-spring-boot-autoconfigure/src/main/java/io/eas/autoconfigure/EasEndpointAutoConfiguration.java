package io.eas.autoconfigure;

import java.time.Clock;

import io.eas.actuate.EasEndpoint;
import io.eas.actuate.EasEndpointWebExtension;
import io.eas.actuate.UnknownArguments;
import io.eas.properties.EasServicesBinder;
import io.eas.service.EasServices;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the Actuator endpoint {@code eas}, if it is exposed and access to
 * it is allowed.
 */
@AutoConfiguration(after = EasAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(EasServices.class)
@ConditionalOnAvailableEndpoint(EasEndpoint.class)
public final class EasEndpointAutoConfiguration {

	EasEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	EasEndpoint easEndpoint(EasServices services, EasServicesBinder binder, ListableBeanFactory beans,
			Environment environment, ObjectProvider<SanitizingFunction> sanitizers) {
		EffectiveSettings settings = new EffectiveSettings(binder, new ServiceBeans(beans, environment),
				new Sanitizer(sanitizers.orderedStream().toList()));
		return new EasEndpoint(services, settings::of, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(endpoint = EasEndpoint.class, exposure = EndpointExposure.WEB)
	EasEndpointWebExtension easEndpointWebExtension(EasEndpoint endpoint) {
		return new EasEndpointWebExtension(endpoint);
	}

	@Bean
	@ConditionalOnAvailableEndpoint(endpoint = EasEndpoint.class, exposure = EndpointExposure.WEB)
	UnknownArguments easEndpointUnknownArguments() {
		return new UnknownArguments();
	}

}
