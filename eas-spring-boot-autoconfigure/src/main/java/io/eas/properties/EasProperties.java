package io.eas.properties;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties that exist only directly under {@code eas}. All properties of
 * {@link EasServiceProperties} may be set there as well, as the defaults of all services.
 *
 * @param enabled Whether the EAS clients are enabled. If not, no bean is created and
 * nothing is polled.
 * @param strict Whether unknown properties under eas prevent the application from
 * starting, instead of being logged as warnings.
 * @param services Services by alias, a host name of lowercase letters, digits and dashes.
 * Each service inherits the properties directly under eas and overrides them key by key.
 */
@ConfigurationProperties("eas")
public record EasProperties(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean strict,
		@DefaultValue Map<String, EasServiceProperties> services) {

}
