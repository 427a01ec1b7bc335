package io.eas.sample.model;

import java.io.IOException;
import java.io.InputStream;

import io.eas.sample.model.network.Network;
import io.eas.sample.model.network.NetworkFile;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Loads the model when the server is already up: Spring Boot answers the liveness probe
 * meanwhile, and lets the readiness probe succeed when all runners have returned. A model
 * that can't be loaded ends the start.
 */
@Component
class ModelLoader implements ApplicationRunner {

	private static final Log log = LogFactory.getLog(ModelLoader.class);

	private final Model model;

	private final Resource file;

	private final Environment environment;

	ModelLoader(Model model, @Value("${sample.model.file}") Resource file, Environment environment) {
		this.model = model;
		this.file = file;
		this.environment = environment;
	}

	@Override
	public void run(ApplicationArguments args) {
		Network network = load();
		this.model.loaded(network);
		log.info("Model loaded, accuracy " + network.accuracy() + "; serving on port "
				+ this.environment.getProperty("local.server.port"));
	}

	private Network load() {
		try (InputStream in = this.file.getInputStream()) {
			return NetworkFile.read(in);
		}
		catch (IOException ex) {
			throw new ModelNotLoadedException(this.file, ex);
		}
	}

}
