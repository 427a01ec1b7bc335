package io.eas.properties;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties that stand under {@code eas} alone. Everything in
 * {@link EasServiceProperties} may stand there too, as the default of all services.
 *
 * @param enabled Whether to call EAS at all. If not, there is no bean and no poll.
 * @param strict Whether properties that the starter doesn't know keep the application
 * from starting. If not, each is logged as a warning.
 * @param services Services by their alias, which is small letters, digits and dashes and
 * can be used as a host name. Each takes all the properties under eas itself, and wins
 * over them key by key.
 */
@ConfigurationProperties("eas")
public record EasProperties(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean strict,
		@DefaultValue Map<String, EasServiceProperties> services) {

}
