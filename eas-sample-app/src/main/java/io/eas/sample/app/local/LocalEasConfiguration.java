package io.eas.sample.app.local;

import java.util.List;

import io.eas.autoconfigure.EasConnectionDetails;
import io.eas.emulator.EasEmulator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * A local EAS with the model as processes, instead of the one that the configuration
 * would name. It is started before the clients and closed after them.
 */
@Configuration(proxyBeanMethods = false)
@Profile("local")
class LocalEasConfiguration {

	private static final Log log = LogFactory.getLog(LocalEasConfiguration.class);

	@Bean(initMethod = "start", destroyMethod = "close")
	EasEmulator localEas(LocalEasProperties local, @Value("${eas.services.mnist.service-name}") String serviceName,
			@Value("${eas.token}") String token) {
		List<String> command = ModelJar.find(local.modelJar()).command();
		log.info("Starting " + local.instances() + " instances of the model as processes ...");
		return EasEmulator.builder()
			.shutdownHook(false) // the context closes it, once calls under way have ended
			.service(serviceName,
					(service) -> service.token(token)
						.instances(local.instances(), (instance) -> instance.command(command).readyPath("/readyz")))
			.build();
	}

	@Bean
	EasConnectionDetails localEasConnectionDetails(EasEmulator localEas) {
		return (alias) -> localEas.endpoint();
	}

}
