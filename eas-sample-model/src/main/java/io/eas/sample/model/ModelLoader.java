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
 * Loads the model after the server has started. Meanwhile Spring Boot answers the
 * liveness probe; the readiness probe succeeds once all runners have returned. If the
 * model can't be loaded, the start fails.
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
