package io.eas.sample.model;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The model service. It listens on the port in the environment variable {@code PORT}, or
 * on 8000 by default; 8080 and 9090 are reserved for the engine of EAS.
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
