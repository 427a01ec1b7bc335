package io.eas.properties;

import java.util.List;

import io.eas.client.auth.AuthScheme;
import io.eas.loadbalancer.InstancePicker;
import io.eas.service.ServiceSettings;
import io.eas.service.ServiceSettings.Mode;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * What can be said about a service: under {@code eas} for all of them, and under
 * {@code eas.services.<alias>} for one, which wins key by key.
 *
 * @param uid ID of the Alibaba Cloud account. With region-id it gives the endpoint
 * {uid}.vpc.{region-id}.pai-eas.aliyuncs.com.
 * @param regionId Region of the service, such as cn-hangzhou.
 * @param endpoint Host of the discovery API and of the gateway, as host[:port] or as a
 * URL. Wins over uid and region-id.
 * @param mode Where instances come from.
 * @param gatewayFallback Whether calls go through the gateway while no instance is known,
 * in mode direct.
 * @param instances Instances in mode static, as host:port or host:port;weight.
 * @param serviceName Name of the service on EAS. The alias by default.
 * @param token Token of the service, kept out of logs and actuator answers.
 * @param tokenFile File that holds the token. Read again when it changes.
 * @param path Prefix of every call, with {service-name} filled in.
 * @param auth How the token is shown.
 * @param discovery How instances are discovered.
 * @param loadBalancer How calls are spread over the instances.
 * @param retry What is tried again on another instance.
 * @param ejection Which instances are left out for a time.
 * @param probe How instances are checked by the client itself.
 * @param http How calls use the network.
 * @param health When the list of instances is too old.
 * @param observation What observations of calls tell.
 */
@ConfigurationProperties("eas")
public record EasServiceProperties(@Nullable String uid, @Nullable String regionId, @Nullable String endpoint,
		@DefaultValue("direct") Mode mode, @DefaultValue("false") boolean gatewayFallback,
		@DefaultValue List<String> instances, @Nullable String serviceName, @Nullable Secret token,
		@Nullable String tokenFile, @DefaultValue("/api/predict/{service-name}") String path, @DefaultValue Auth auth,
		@NestedConfigurationProperty @DefaultValue DiscoveryProperties discovery,
		@NestedConfigurationProperty @DefaultValue LoadBalancerProperties loadBalancer,
		@NestedConfigurationProperty @DefaultValue RetryProperties retry,
		@NestedConfigurationProperty @DefaultValue EjectionProperties ejection,
		@NestedConfigurationProperty @DefaultValue ProbeProperties probe,
		@NestedConfigurationProperty @DefaultValue HttpProperties http,
		@NestedConfigurationProperty @DefaultValue HealthProperties health,
		@NestedConfigurationProperty @DefaultValue ObservationProperties observation) {

	/**
	 * No token, and no file with one, where there is nothing but white space.
	 */
	public EasServiceProperties {
		token = (token != null && token.isEmpty()) ? null : token;
		tokenFile = StringUtils.hasText(tokenFile) ? tokenFile : null;
	}

	/**
	 * The settings.
	 * @param knownEndpoint an endpoint that wins over the configured one, or null
	 * @param algorithm the application's own, which wins too, or null
	 * @return with the token, if there is one
	 * @throws InvalidSettingException if a value can't be used, named as it stands below
	 * the service
	 */
	public ServiceSettings settings(@Nullable String knownEndpoint, InstancePicker.@Nullable Factory algorithm) {
		return new ServiceSettings(this.uid, this.regionId, (knownEndpoint != null) ? knownEndpoint : this.endpoint,
				this.mode, this.gatewayFallback, this.instances, this.serviceName,
				(this.token != null) ? this.token.reveal() : null, this.tokenFile, this.path, this.auth.scheme(),
				InvalidSettingException.within("discovery", this.discovery::settings),
				InvalidSettingException.within("load-balancer", () -> this.loadBalancer.settings(algorithm)),
				InvalidSettingException.within("retry", this.retry::settings),
				InvalidSettingException.within("ejection", this.ejection::settings),
				InvalidSettingException.within("probe", this.probe::settings),
				InvalidSettingException.within("http", this.http::settings));
	}

	/**
	 * How the token is shown.
	 *
	 * @param scheme Form of the Authorization header. Signature by default, and none
	 * where there is no token.
	 */
	public record Auth(@Nullable AuthScheme scheme) {

	}

}
