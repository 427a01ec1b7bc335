package io.eas.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.eas.actuate.EasEndpoint.SettingDescriptor;
import io.eas.client.auth.AuthScheme;
import io.eas.client.request.HttpSettings;
import io.eas.properties.EasServiceProperties;
import io.eas.properties.EasServicesBinder;
import io.eas.properties.Secret;
import io.eas.properties.ServiceOverrides;
import io.eas.settings.Assert;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.unit.DataSize;

/**
 * Describes the settings of a service that are in force, and where each was read from.
 * Configured settings come first, then defaults. Values are sanitized like those of
 * Actuator's own endpoints, and a token is always masked. Thread-safe.
 *
 * @param binder the binder of the properties
 * @param beans the beans that contribute to the settings
 * @param sanitizer masks values
 */
record EffectiveSettings(EasServicesBinder binder, ServiceBeans beans, Sanitizer sanitizer) {

	/**
	 * Returns the settings of a service by their keys below {@code eas.services.<alias>}.
	 */
	Map<String, SettingDescriptor> of(String alias) {
		EasServiceProperties properties = this.binder.bind(alias);
		Map<String, SettingDescriptor> configured = new LinkedHashMap<>();
		Map<String, SettingDescriptor> defaults = new LinkedHashMap<>();
		ServiceOverrides overrides = this.beans.overrides(alias, properties);
		if (overrides.endpoint() != null) {
			configured.put("endpoint", connection(alias, "endpoint", overrides.endpoint()));
		}
		if (!overrides.allowedNetworks().isEmpty()) {
			configured.put("discovery.allowed-networks",
					connection(alias, "discovery.allowed-networks", overrides.allowedNetworks()));
		}
		add(alias, "", properties, derived(alias, properties, overrides), configured, defaults);
		defaults.forEach(configured::putIfAbsent);
		return configured;
	}

	private SettingDescriptor connection(String alias, String key, Object value) {
		return new SettingDescriptor(shown(alias, key, value, null), null, "EasConnectionDetails");
	}

	/** Returns the settings whose defaults depend on other settings. */
	private static Map<String, Object> derived(String alias, EasServiceProperties properties,
			ServiceOverrides overrides) {
		HttpSettings http = properties.settings(ServiceOverrides.NONE).http();
		boolean token = properties.token() != null || properties.tokenFile() != null
				|| overrides.tokenSupplier() != null;
		return Map.of("service-name", alias, "auth.scheme", token ? AuthScheme.SIGNATURE : AuthScheme.NONE,
				"http.request-timeout", http.callTimeout(), "http.first-event-timeout", http.firstEventTimeout(),
				"http.next-event-timeout", http.nextEventTimeout(), "health.stale-after",
				properties.health().freshness(properties.discovery().interval()).staleAfter());
	}

	private void add(String alias, String prefix, Record group, Map<String, Object> derived,
			Map<String, SettingDescriptor> configured, Map<String, SettingDescriptor> defaults) {
		for (RecordComponent component : group.getClass().getRecordComponents()) {
			String key = prefix + DataObjectPropertyName.toDashedForm(component.getName());
			Object value = ReflectionUtils.invokeMethod(component.getAccessor(), group);
			value = (value != null) ? value : derived.get(key);
			if (value instanceof Record inner) {
				add(alias, key + ".", inner, derived, configured, defaults);
			}
			else if (value != null) {
				ConfigurationProperty property = this.binder.source(alias, key);
				SettingDescriptor setting = describe(alias, key, value, property);
				((property != null) ? configured : defaults).putIfAbsent(key, setting);
			}
		}
	}

	private SettingDescriptor describe(String alias, String key, Object value,
			@Nullable ConfigurationProperty property) {
		Object shown = shown(alias, key, value, property);
		return (property != null) ? new SettingDescriptor(shown, property.getName().toString(), origin(property))
				: new SettingDescriptor(shown, null, "default");
	}

	private Object shown(String alias, String key, Object value, @Nullable ConfigurationProperty property) {
		Object source = (property != null && property.getSource() != null) ? property.getSource().getUnderlyingSource()
				: null;
		Object shown = this.sanitizer
			.sanitize(new SanitizableData((source instanceof PropertySource<?> known) ? known : null,
					"eas.services." + alias + "." + key, plain(value)), true);
		return (shown != null) ? shown : "";
	}

	private static Object plain(Object value) {
		if (value instanceof Secret || value instanceof Boolean || value instanceof Number) {
			return (value instanceof Secret) ? SanitizableData.SANITIZED_VALUE : value;
		}
		if (value instanceof Duration duration) {
			return Assert.text(duration);
		}
		if (value instanceof DataSize size) {
			return Assert.text(size);
		}
		if (value instanceof Collection<?> values) {
			return values.stream().map((one) -> (one != null) ? plain(one) : "").toList();
		}
		return (value instanceof Enum<?> constant) ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
				: value.toString();
	}

	private static String origin(ConfigurationProperty property) {
		Origin origin = property.getOrigin();
		return (origin != null) ? origin.toString() : String.valueOf(property.getSource());
	}

}
