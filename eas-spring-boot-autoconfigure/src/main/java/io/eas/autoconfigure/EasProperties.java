package io.eas.autoconfigure;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties that stand under {@code eas} alone. Everything in
 * {@link EasServiceProperties} may stand there too, as the default of all services.
 *
 * @param enabled whether to call EAS at all: if not, there is no bean and no poll
 * @param services the services by their alias, which is letters, digits and dashes and
 * can be used as a host name
 */
@ConfigurationProperties("eas")
public record EasProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue Map<String, EasServiceProperties> services) {

}
