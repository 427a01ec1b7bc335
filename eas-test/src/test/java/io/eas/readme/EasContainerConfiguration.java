package io.eas.readme;

import io.eas.test.container.EasContainer;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;

@TestConfiguration(proxyBeanMethods = false)
class EasContainerConfiguration {

	@Bean
	@ServiceConnection
	EasContainer eas() {
		return new EasContainer("eas-emulator").withCommand("serve", "--service", "mnist", "--instances", "2");
	}

}
