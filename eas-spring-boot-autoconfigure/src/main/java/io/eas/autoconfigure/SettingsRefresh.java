package io.eas.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.eas.properties.EasServiceProperties;
import io.eas.properties.EasServicesBinder;
import io.eas.properties.IneffectiveKeys;
import io.eas.properties.InvalidEasPropertyException;
import io.eas.properties.UnknownKeys;
import io.eas.service.EasService;
import io.eas.service.EasServiceFactory;
import io.eas.service.EasServices;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/**
 * Applies changed settings to the services after Spring Cloud has changed the
 * environment. It applies only settings that can change while calls are made: see
 * {@link EasServiceProperties#refreshed(EasServiceProperties)}. The log names the keys
 * that need a restart. If a new value can't be used, the service keeps its previous
 * settings. Thread-safe.
 */
class SettingsRefresh {

	private static final Log log = LogFactory.getLog(SettingsRefresh.class);

	private final Environment environment;

	private final EasServicesBinder binder;

	private final EasServices services;

	private final EasServiceFactory factory;

	private final ServiceBeans beans;

	/**
	 * The last message logged about each alias, since each refresh finds the same
	 * problems again but logs them only once.
	 */
	private final Map<String, String> told = new HashMap<>();

	SettingsRefresh(Environment environment, EasServicesBinder binder, EasServices services, EasServiceFactory factory,
			ServiceBeans beans) {
		this.environment = environment;
		this.binder = binder;
		this.services = services;
		this.factory = factory;
		this.beans = beans;
	}

	/**
	 * Reads the configuration again, and applies the settings that aren't in force yet.
	 * Looks for keys that are unknown or have no effect only if keys of the starter have
	 * changed, since warnings would be repeated otherwise.
	 */
	@EventListener
	public synchronized void refresh(EnvironmentChangeEvent event) {
		try {
			boolean ours = event.getKeys().stream().anyMatch((key) -> key.startsWith("eas."));
			if (ours) {
				UnknownKeys.look(this.environment);
			}
			EasServicesBinder newest = new EasServicesBinder(this.environment);
			Set<String> aliases = newest.aliases();
			restart("eas.services", difference(aliases, this.services.names()));
			this.services.all()
				.stream()
				.filter((service) -> aliases.contains(service.name()))
				.forEach((service) -> refresh(service, newest));
			if (ours) {
				IneffectiveKeys.look(newest);
			}
		}
		catch (RuntimeException ex) {
			failed("eas.services", ex);
		}
	}

	private static Set<String> difference(Set<String> some, Set<String> others) {
		Set<String> difference = new TreeSet<>(some);
		difference.addAll(others);
		difference.removeIf((alias) -> some.contains(alias) && others.contains(alias));
		return difference;
	}

	private void refresh(EasService service, EasServicesBinder newest) {
		String alias = service.name();
		try {
			EasServiceProperties before = this.binder.bind(alias);
			EasServiceProperties configured = newest.bind(alias);
			EasServiceProperties after = before.refreshed(configured);
			Set<String> changed = before.differences(after);
			if (!changed.isEmpty()) {
				newest.use(alias, () -> {
					this.factory.update(service, after.settings(this.beans.overrides(alias, after)));
					return after;
				});
				this.binder.refreshed(alias, after, newest);
				log.info(alias + ": changed without a restart: " + String.join(", ", changed));
			}
			restart(alias, after.differences(configured));
		}
		catch (RuntimeException ex) {
			failed(alias, ex);
		}
	}

	private void restart(String where, Set<String> keys) {
		if (keys.isEmpty()) {
			this.told.remove(where);
			return;
		}
		String text = where + ": changed, but in use only after a restart: " + String.join(", ", keys);
		if (!text.equals(this.told.put(where, text))) {
			log.warn(text);
		}
	}

	private void failed(String where, RuntimeException failure) {
		String text = where + ": the previous settings stay in use, since a changed setting can't be used: "
				+ text(failure);
		if (!text.equals(this.told.put(where, text))) {
			log.error(text);
		}
	}

	/**
	 * Describes a failure by name, value and origin of the property and by a remedy, but
	 * never by the value of a token. A failure that isn't about a property, such as that
	 * of a placeholder or a bean, is described by its cause.
	 */
	private static String text(RuntimeException failure) {
		if (failure instanceof InvalidEasPropertyException invalid) {
			return invalid.getMessage() + place(invalid.getOrigin()) + ". " + invalid.getRemedy();
		}
		ConfigurationProperty property = (failure instanceof BindException bind) ? bind.getProperty() : null;
		if (property == null) {
			Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
			return failure + ((cause != failure) ? ", caused by " + cause : "")
					+ ". Correct the configuration, and refresh again.";
		}
		boolean secret = property.getName().getLastElement(ConfigurationPropertyName.Form.DASHED).equals("token");
		return property.getName() + " must be of type "
				+ ((BindException) failure).getTarget().getType().toClass().getSimpleName() + ", was "
				+ (secret ? "******" : "'" + property.getValue() + "'") + place(property.getOrigin())
				+ ". Correct the value.";
	}

	private static String place(@Nullable Origin origin) {
		return (origin != null) ? " (" + origin + ")" : "";
	}

}
