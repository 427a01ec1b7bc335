package io.eas.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.eas.client.auth.AuthScheme;
import io.eas.client.auth.EasTokenSupplier;
import io.eas.client.request.HttpSettings;
import io.eas.loadbalancer.InstancePicker;
import io.eas.properties.EasServiceProperties;
import io.eas.properties.ServiceOverrides;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/** The beans of the application that contribute to the settings of services. */
final class ServiceBeans {

	private final ListableBeanFactory beans;

	private final EasConnectionDetails details;

	private final InstancePicker.@Nullable Factory algorithm;

	private final Map<String, EasClientCustomizer> customizers = new LinkedHashMap<>();

	private final SslContexts sslContexts;

	ServiceBeans(ListableBeanFactory beans, Environment environment) {
		this.beans = beans;
		this.details = beans.getBeanProvider(EasConnectionDetails.class).getIfAvailable(() -> (alias) -> null);
		this.algorithm = beans.getBeanProvider(InstancePicker.Factory.class).getIfAvailable();
		Map<String, EasClientCustomizer> named = beans.getBeansOfType(EasClientCustomizer.class);
		beans.getBeanProvider(EasClientCustomizer.class)
			.orderedStream()
			.forEach((customizer) -> this.customizers.put(name(customizer, named), customizer));
		this.sslContexts = new SslContexts(beans.getBeanProvider(SslBundles.class).getIfAvailable(), environment);
	}

	/**
	 * Returns the settings that the beans contribute to a service.
	 * @throws InvalidSettingException if the configured SSL bundle doesn't exist, or if
	 * the service needs a token and none of several token suppliers is qualified for it
	 * or primary
	 */
	ServiceOverrides overrides(String alias, EasServiceProperties properties) {
		return new ServiceOverrides(this.details.getEndpoint(alias), this.details.getAllowedNetworks(alias),
				this.algorithm, tokenSupplier(alias, properties),
				(http) -> customize(http, alias, properties.http().ssl().bundle()));
	}

	private void customize(HttpSettings.Builder http, String alias, @Nullable String bundle) {
		http.sslContext(this.sslContexts.get(bundle));
		this.customizers
			.forEach((name, customizer) -> http.customizer((client) -> customized(name, customizer, alias, client)));
	}

	private static String name(EasClientCustomizer customizer, Map<String, EasClientCustomizer> named) {
		return named.entrySet()
			.stream()
			.filter((bean) -> bean.getValue() == customizer)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseGet(customizer::toString);
	}

	private static HttpClient customized(String name, EasClientCustomizer customizer, String alias, HttpClient client) {
		try {
			return customizer.customize(alias, client);
		}
		catch (RuntimeException | LinkageError ex) {
			throw new IllegalStateException(
					"The EasClientCustomizer '" + name + "' failed for the service " + alias + ": " + ex, ex);
		}
	}

	/**
	 * Returns the token supplier that is qualified with the alias, or else the only or
	 * primary supplier, or null.
	 * @throws InvalidSettingException if the service needs a token and none of several
	 * suppliers is qualified for it or primary
	 */
	private @Nullable EasTokenSupplier tokenSupplier(String alias, EasServiceProperties properties) {
		String[] names = this.beans.getBeanNamesForType(EasTokenSupplier.class);
		EasTokenSupplier supplier = Arrays.stream(names)
			.filter((name) -> BeanFactoryAnnotationUtils.isQualifierMatch(alias::equals, name, this.beans))
			.findFirst()
			.map((name) -> this.beans.getBean(name, EasTokenSupplier.class))
			.orElseGet(() -> this.beans.getBeanProvider(EasTokenSupplier.class).getIfUnique());
		AuthScheme scheme = properties.auth().scheme();
		if (supplier == null && names.length > 1 && scheme != null && scheme != AuthScheme.NONE
				&& properties.token() == null && properties.tokenFile() == null) {
			throw new InvalidSettingException("auth.scheme", scheme.name().toLowerCase(Locale.ROOT),
					"be 'none' where there is no token, and none of the EasTokenSupplier beans "
							+ String.join(", ", names) + " is meant for this service",
					"Give one of them the name or @Qualifier \"" + alias
							+ "\", or make it @Primary for all services without one of their own.");
		}
		return supplier;
	}

}
