package io.eas.sample.app.local;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The local EAS.
 *
 * @param serviceJson the descriptor of the model, from the root of the repository or from
 * a module's folder
 * @param modelJar the executable jar of the model, likewise; the command of the
 * descriptor is run where it lies
 * @param instances how many processes of it are started, at least 1
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
