package io.eas.readme;

import io.eas.autoconfigure.EasConnectionDetails;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@TestConfiguration(proxyBeanMethods = false)
class LocalEasConfiguration {

	@Bean(destroyMethod = "close")
	EasEmulator localEas() {
		return EasEmulator.builder()
			.service("mnist",
					(service) -> service.token("abc")
						.instances(3, (instance) -> instance.handler(EmulatedHandler.echo())))
			.build()
			.start();
	}

	@Bean
	EasConnectionDetails easConnectionDetails(EasEmulator localEas) {
		return EasConnectionDetails.ofLocalEas("127.0.0.1", localEas.port());
	}

}
