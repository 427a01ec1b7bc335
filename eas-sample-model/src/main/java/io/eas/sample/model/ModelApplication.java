package io.eas.sample.model;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The service. It listens on the port of the environment variable {@code PORT}, or 8000:
 * 8080 and 9090 belong to the engine of EAS.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class ModelApplication {

	/**
	 * Starts the service.
	 * @param args properties, such as {@code --server.port=8001}
	 */
	public static void main(String[] args) {
		SpringApplication.run(ModelApplication.class, args);
	}

}
