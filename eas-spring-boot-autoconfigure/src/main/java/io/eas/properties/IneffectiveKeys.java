package io.eas.properties;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.eas.discovery.probe.ProbeSettings;
import io.eas.service.ServiceSettings.Mode;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;

import static io.eas.properties.ServiceKey.SERVICES;

/**
 * Finds properties that have no effect because the property that switches them on isn't
 * set: instances without mode static, and settings of probes that aren't enabled. A
 * shared property counts only if it has no effect on any service.
 */
public final class IneffectiveKeys {

	private static final Log log = LogFactory.getLog(IneffectiveKeys.class);

	private IneffectiveKeys() {
	}

	/**
	 * Logs a warning for each property that has no effect.
	 * @param binder the binder of the services' properties
	 * @throws InvalidEasPropertyException if a value can't be used
	 */
	public static void look(EasServicesBinder binder) {
		Map<String, String> instances = new LinkedHashMap<>();
		Map<String, String> probes = new LinkedHashMap<>();
		boolean anyStatic = false;
		boolean anyProbe = false;
		for (String alias : binder.aliases()) {
			EasServiceProperties service = binder.bind(alias);
			anyStatic |= service.mode() == Mode.STATIC;
			anyProbe |= service.probe().enabled();
			if (service.mode() != Mode.STATIC && !service.instances().isEmpty()) {
				find(binder, alias, Stream.of("instances"), instances,
						"mode is not static. Set mode to static, or remove it.");
			}
			if (!service.probe().enabled() && !service.probe().settings().equals(ProbeSettings.DEFAULTS)
					&& binder.source(alias, "probe.enabled") == null) {
				find(binder, alias, ServiceKey.keys("probe.", ProbeProperties.class), probes,
						"probe.enabled is not set. Set probe.enabled to true, or to false to keep it unused.");
			}
		}
		tell(instances, anyStatic);
		tell(probes, anyProbe);
	}

	private static void find(EasServicesBinder binder, String alias, Stream<String> keys, Map<String, String> found,
			String reason) {
		keys.forEach((key) -> {
			ConfigurationProperty property = binder.source(alias, key);
			if (property != null) {
				Origin origin = property.getOrigin();
				String where = (origin != null) ? " (" + origin + ")" : "";
				found.put(property.getName().toString(), where + " has no effect, since " + reason);
			}
		});
	}

	private static void tell(Map<String, String> found, boolean sharedHaveEffect) {
		found.forEach((name, message) -> {
			if (!sharedHaveEffect || name.startsWith(SERVICES + ".")) {
				log.warn(name + message);
			}
		});
	}

}
