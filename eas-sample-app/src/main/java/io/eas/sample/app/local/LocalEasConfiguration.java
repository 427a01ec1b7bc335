package io.eas.sample.app.local;

import java.nio.file.Path;

import io.eas.autoconfigure.EasConnectionDetails;
import io.eas.deployment.reader.DescriptorReader;
import io.eas.emulator.EasEmulator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Starts a local EAS, which runs the model's {@code service.json}, in place of the
 * configured EAS. The local EAS is started before the clients and closed after them.
 */
@Configuration(proxyBeanMethods = false)
@Profile("local")
class LocalEasConfiguration {

	private static final Log log = LogFactory.getLog(LocalEasConfiguration.class);

	@Bean(initMethod = "start", destroyMethod = "close")
	EasEmulator localEas(LocalEasProperties local, @Value("${eas.token}") String token) {
		Path serviceJson = ModelFile.find("sample.local.service-json", local.serviceJson());
		Path jar = ModelFile.find("sample.local.model-jar", local.modelJar());
		log.info("Starting " + local.instances() + " instances of the model from " + serviceJson + " ...");
		return EasEmulator.builder()
			.shutdownHook(false) // the context closes it after the last call
			.deploy(DescriptorReader.read(serviceJson),
					(deployment) -> deployment.token(token)
						.directory(jar.resolveSibling(""))
						.instances(local.instances()))
			.build();
	}

	@Bean
	EasConnectionDetails localEasConnectionDetails(EasEmulator localEas) {
		return (alias) -> localEas.endpoint();
	}

}
