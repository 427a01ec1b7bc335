package io.eas.sample.app.local;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the local EAS.
 *
 * @param serviceJson the descriptor of the model, relative to the root of the repository
 * @param modelJar the executable jar of the model, relative to the root of the
 * repository; the descriptor's command is run in the directory of the jar
 * @param instances the number of processes to start, at least 1
 */
@ConfigurationProperties("sample.local")
record LocalEasProperties(@DefaultValue("") String serviceJson, @DefaultValue("") String modelJar,
		@DefaultValue("3") int instances) {

	LocalEasProperties {
		if (instances < 1) {
			throw new IllegalArgumentException("sample.local.instances must be at least 1, was " + instances);
		}
	}

}
