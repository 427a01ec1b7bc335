package io.eas.autoconfigure;

import java.util.Arrays;
import java.util.List;

import io.eas.client.auth.EasTokenSupplier;
import io.eas.client.call.HttpSettings;
import io.eas.loadbalancer.InstancePicker;
import io.eas.properties.EasServiceProperties;
import io.eas.properties.ServiceOverrides;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/** The beans of the application that contribute to the settings of services. */
final class ServiceBeans {

	private final ListableBeanFactory beans;

	private final EasConnectionDetails details;

	private final InstancePicker.@Nullable Factory algorithm;

	private final List<EasClientCustomizer> customizers;

	private final SslContexts sslContexts;

	ServiceBeans(ListableBeanFactory beans, Environment environment) {
		this.beans = beans;
		this.details = beans.getBeanProvider(EasConnectionDetails.class).getIfAvailable(() -> (alias) -> null);
		this.algorithm = beans.getBeanProvider(InstancePicker.Factory.class).getIfAvailable();
		this.customizers = beans.getBeanProvider(EasClientCustomizer.class).orderedStream().toList();
		this.sslContexts = new SslContexts(beans.getBeanProvider(SslBundles.class).getIfAvailable(), environment);
	}

	/**
	 * Returns what the beans contribute to a service.
	 * @throws io.eas.settings.InvalidSettingException if there is no such SSL bundle
	 */
	ServiceOverrides overrides(String alias, EasServiceProperties properties) {
		return new ServiceOverrides(this.details.getEndpoint(alias), this.algorithm, tokenSupplier(alias),
				(http) -> customize(http, alias, properties.http().ssl().bundle()));
	}

	private void customize(HttpSettings.Builder http, String alias, @Nullable String bundle) {
		http.sslContext(this.sslContexts.get(bundle));
		this.customizers.forEach((customizer) -> http.customizer((client) -> customizer.customize(alias, client)));
	}

	/** Returns the supplier that is meant for a service, or else the only one. */
	private @Nullable EasTokenSupplier tokenSupplier(String alias) {
		return Arrays.stream(this.beans.getBeanNamesForType(EasTokenSupplier.class))
			.filter((name) -> BeanFactoryAnnotationUtils.isQualifierMatch(alias::equals, name, this.beans))
			.findFirst()
			.map((name) -> this.beans.getBean(name, EasTokenSupplier.class))
			.orElseGet(() -> this.beans.getBeanProvider(EasTokenSupplier.class).getIfUnique());
	}

}
