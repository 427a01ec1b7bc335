package io.eas.autoconfigure;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.eas.actuate.EasEndpoint;
import io.eas.actuate.EasEndpointWebExtension;
import io.eas.service.EasServices;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of the Actuator endpoint {@code eas}, if it is exposed and access to
 * it is allowed.
 */
@AutoConfiguration(after = EasAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(EasServices.class)
@ConditionalOnAvailableEndpoint(EasEndpoint.class)
public final class EasEndpointAutoConfiguration {

	EasEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	EasEndpoint easEndpoint(EasServices services, ApplicationContext context,
			ObjectProvider<SanitizingFunction> sanitizers) {
		Supplier<Map<String, Object>> settings = SingletonSupplier
			.of(() -> settings(context, sanitizers.orderedStream().toList()));
		return new EasEndpoint(services, (alias) -> withoutToken(settings.get().get(alias)), Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(endpoint = EasEndpoint.class, exposure = EndpointExposure.WEB)
	EasEndpointWebExtension easEndpointWebExtension(EasEndpoint endpoint) {
		return new EasEndpointWebExtension(endpoint);
	}

	/**
	 * Returns the properties of all services by alias, as the endpoint
	 * {@code configprops} shows them with values.
	 */
	private static Map<String, Object> settings(ApplicationContext context, List<SanitizingFunction> sanitizers) {
		ConfigurationPropertiesReportEndpoint report = new ConfigurationPropertiesReportEndpoint(sanitizers,
				Show.ALWAYS);
		report.setApplicationContext(context);
		return report.configurationPropertiesWithPrefix("eas")
			.getContexts()
			.values()
			.stream()
			.flatMap((described) -> described.getBeans().entrySet().stream())
			.filter((bean) -> bean.getKey().equals("easProperties"))
			.map((bean) -> map(bean.getValue().getProperties().get("services")))
			.findFirst()
			.orElse(Map.of());
	}

	private static Map<String, Object> withoutToken(@Nullable Object settings) {
		Map<String, Object> shown = map(settings);
		shown.remove("token");
		return shown;
	}

	private static Map<String, Object> map(@Nullable Object value) {
		Map<String, Object> map = new LinkedHashMap<>();
		if (value instanceof Map<?, ?> entries) {
			entries.forEach((key, entry) -> map.put(String.valueOf(key), entry));
		}
		return map;
	}

}
