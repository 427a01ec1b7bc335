package io.eas.autoconfigure;

import io.eas.properties.EasServicesBinder;
import io.eas.service.EasServiceFactory;
import io.eas.service.EasServices;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the refresh of settings without a restart, if Spring Cloud's
 * context is on the class path.
 */
@AutoConfiguration(after = EasAutoConfiguration.class)
@ConditionalOnClass(EnvironmentChangeEvent.class)
@ConditionalOnBean(EasServices.class)
public final class EasRefreshAutoConfiguration {

	EasRefreshAutoConfiguration() {
	}

	@Bean
	SettingsRefresh easSettingsRefresh(Environment environment, EasServicesBinder binder, EasServices services,
			EasServiceFactory factory, ListableBeanFactory beans) {
		return new SettingsRefresh(environment, binder, services, factory, new ServiceBeans(beans, environment));
	}

}
