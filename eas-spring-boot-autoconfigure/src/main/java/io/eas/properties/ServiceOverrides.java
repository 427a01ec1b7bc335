package io.eas.properties;

import java.util.List;
import java.util.function.Consumer;

import io.eas.client.auth.EasTokenSupplier;
import io.eas.client.request.HttpSettings;
import io.eas.loadbalancer.InstancePicker;
import org.jspecify.annotations.Nullable;

/**
 * The contributions of the application's beans to the settings of a service.
 *
 * @param endpoint an endpoint that takes precedence over the configured one, or null
 * @param allowedNetworks the networks of instances, which take precedence over the
 * configured ones, or an empty list
 * @param algorithm the application's own load-balancing algorithm, which takes precedence
 * over the configured one, or null
 * @param tokenSupplier supplies the token if none is configured, or null
 * @param http adds the settings of the beans to the HTTP settings
 */
public record ServiceOverrides(@Nullable String endpoint, List<String> allowedNetworks,
		InstancePicker.@Nullable Factory algorithm, @Nullable EasTokenSupplier tokenSupplier,
		Consumer<HttpSettings.Builder> http) {

	/** No contributions: only the properties determine the settings. */
	public static final ServiceOverrides NONE = new ServiceOverrides(null, List.of(), null, null, (http) -> {
	});

}
