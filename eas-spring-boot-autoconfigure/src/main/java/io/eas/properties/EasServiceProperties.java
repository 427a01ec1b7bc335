package io.eas.properties;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.eas.client.auth.AuthScheme;
import io.eas.service.ServiceSettings;
import io.eas.service.ServiceSettings.Mode;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * The properties of a service. They are set under {@code eas} for all services and under
 * {@code eas.services.<alias>} for a single service. The properties of a single service
 * override those for all services key by key.
 *
 * @param uid ID of the Alibaba Cloud account, which together with region-id determines
 * the endpoint {uid}.vpc.{region-id}.pai-eas.aliyuncs.com.
 * @param regionId Region of the service, such as cn-hangzhou.
 * @param endpoint Address of the discovery API and of the gateway, as host[:port] or as a
 * URL. It takes precedence over uid and region-id.
 * @param mode Source of the instances that calls go to.
 * @param gatewayFallback Whether calls go through the gateway as long as no instance is
 * known, in mode direct.
 * @param instances Instances in mode static, as host:port or host:port;weight.
 * @param serviceName Name of the service on EAS, which is the alias by default.
 * @param token Token of the service, which is masked in logs and actuator responses.
 * @param tokenFile File that contains the token, which is read again when the file
 * changes.
 * @param path Path prefix of every call, in which {service-name} is replaced by the name
 * of the service.
 * @param auth Authentication of calls.
 * @param loadBalanced Load-balanced clients of the application itself.
 * @param discovery Discovery of instances.
 * @param loadBalancer Load balancing of calls.
 * @param retry Retries of failed calls.
 * @param ejection Temporary ejection of failing instances.
 * @param probe Active health checks of instances by the client.
 * @param http HTTP connections, timeouts and limits.
 * @param health Health indicator of the service.
 * @param observation Observations of calls.
 */
@ConfigurationProperties("eas")
public record EasServiceProperties(@Nullable String uid, @Nullable String regionId, @Nullable String endpoint,
		@DefaultValue("direct") Mode mode, @DefaultValue("false") boolean gatewayFallback,
		@DefaultValue List<String> instances, @Nullable String serviceName, @Nullable Secret token,
		@Nullable String tokenFile, @DefaultValue("/api/predict/{service-name}") String path, @DefaultValue Auth auth,
		@DefaultValue LoadBalanced loadBalanced,
		@NestedConfigurationProperty @DefaultValue DiscoveryProperties discovery,
		@NestedConfigurationProperty @DefaultValue LoadBalancerProperties loadBalancer,
		@NestedConfigurationProperty @DefaultValue RetryProperties retry,
		@NestedConfigurationProperty @DefaultValue EjectionProperties ejection,
		@NestedConfigurationProperty @DefaultValue ProbeProperties probe,
		@NestedConfigurationProperty @DefaultValue HttpProperties http,
		@NestedConfigurationProperty @DefaultValue HealthProperties health,
		@NestedConfigurationProperty @DefaultValue ObservationProperties observation) {

	/** Treats a blank token and a blank token file as absent. */
	public EasServiceProperties {
		token = (token != null && token.isEmpty()) ? null : token;
		tokenFile = StringUtils.hasText(tokenFile) ? tokenFile : null;
	}

	/**
	 * Converts the properties to the settings of the client.
	 * @param overrides the contributions of the application's beans
	 * @return the settings, including the token if there is one
	 * @throws InvalidSettingException if a value can't be used; the exception names the
	 * setting relative to the service
	 */
	public ServiceSettings settings(ServiceOverrides overrides) {
		boolean hasToken = this.token != null || this.tokenFile != null;
		return new ServiceSettings(this.uid, this.regionId,
				(overrides.endpoint() != null) ? overrides.endpoint() : this.endpoint, this.mode, this.gatewayFallback,
				this.instances, this.serviceName, (this.token != null) ? this.token.reveal() : null, this.tokenFile,
				hasToken ? null : overrides.tokenSupplier(), this.path, this.auth.scheme(),
				InvalidSettingException.within("discovery", () -> this.discovery.settings(overrides.allowedNetworks())),
				InvalidSettingException.within("load-balancer",
						() -> this.loadBalancer.settings(overrides.algorithm())),
				InvalidSettingException.within("retry", this.retry::settings),
				InvalidSettingException.within("ejection", this.ejection::settings),
				InvalidSettingException.within("probe", this.probe::settings),
				InvalidSettingException.within("http", () -> this.http.settings(overrides.http())));
	}

	/**
	 * Returns a copy of these properties that takes from newer properties the values that
	 * can change while calls are made: token and authentication, credentials of
	 * load-balanced clients, retries, and the time limits of whole calls and of streams.
	 * All other values are read only when connections, polls, pickers and meters are
	 * created.
	 * @param newest the newer properties
	 * @return the properties to use from now on
	 */
	public EasServiceProperties refreshed(EasServiceProperties newest) {
		return new EasServiceProperties(this.uid, this.regionId, this.endpoint, this.mode, this.gatewayFallback,
				this.instances, this.serviceName, newest.token, newest.tokenFile, this.path, newest.auth,
				newest.loadBalanced, this.discovery, this.loadBalancer, newest.retry, this.ejection, this.probe,
				this.http.refreshed(newest.http), this.health, this.observation);
	}

	/**
	 * Returns the keys whose values differ.
	 * @param other other properties
	 * @return the keys below the service, in their order
	 */
	public Set<String> differences(EasServiceProperties other) {
		Set<String> keys = new LinkedHashSet<>();
		compare("", this, other, keys);
		return keys;
	}

	private static void compare(String prefix, Record one, Record other, Set<String> keys) {
		for (RecordComponent component : one.getClass().getRecordComponents()) {
			String key = prefix + DataObjectPropertyName.toDashedForm(component.getName());
			Object value = ReflectionUtils.invokeMethod(component.getAccessor(), one);
			Object otherValue = ReflectionUtils.invokeMethod(component.getAccessor(), other);
			if (value instanceof Record group && otherValue instanceof Record otherGroup) {
				compare(key + ".", group, otherGroup, keys);
			}
			else if (!Objects.equals(value, otherValue)) {
				keys.add(key);
			}
		}
	}

	/**
	 * Properties of the authentication.
	 *
	 * @param scheme Form of the Authorization header, which is signature by default, or
	 * none without a token.
	 */
	public record Auth(@Nullable AuthScheme scheme) {

	}

	/**
	 * Properties of the application's own load-balanced clients.
	 *
	 * @param credentials Whether the application's load-balanced clients send the
	 * credentials to instances as well, unless a request has its own Authorization
	 * header.
	 */
	public record LoadBalanced(@DefaultValue("false") boolean credentials) {

	}

}
