package io.eas.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

import io.eas.client.auth.AuthScheme;
import io.eas.client.auth.EasTokenSupplier;
import io.eas.client.request.HttpSettings;
import io.eas.client.retry.RetrySettings;
import io.eas.discovery.probe.ProbeSettings;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The settings of a service. Immutable; the token is never part of {@link #toString}.
 *
 * @param uid the ID of the Alibaba Cloud account, or null; together with the region it
 * determines the endpoint {@code {uid}.vpc.{region-id}.pai-eas.aliyuncs.com}
 * @param regionId the region of the service, such as cn-hangzhou, or null
 * @param endpoint the address of the discovery API and of the gateway, as host[:port] or
 * as a URL; it takes precedence over account and region; may be null
 * @param mode the source of the instances; {@link Mode#DIRECT} by default
 * @param gatewayFallback whether calls go through the gateway as long as no instance is
 * known, in mode direct; false by default
 * @param instances the instances in mode static, as host:port or host:port;weight
 * @param serviceName the name of the service on EAS; null or empty for the alias
 * @param token the token of the service, or null
 * @param tokenFile the file that contains the token, or null; it is read again when it
 * changes
 * @param tokenSupplier the supplier of the token, or null; must be null if there is a
 * token or a token file
 * @param path the path prefix of every call, in which {@code {service-name}} is replaced
 * @param authScheme the form of the Authorization header; null, which is the default, for
 * a signature, or for no header if there is no token
 * @param discovery the settings of the discovery of instances
 * @param loadBalancer the settings of the load balancing
 * @param retry the settings of retries
 * @param ejection the settings of the ejection of failing instances
 * @param probe the settings of health checks by the client
 * @param http the settings of HTTP connections, timeouts and limits
 */
public record ServiceSettings(@Nullable String uid, @Nullable String regionId, @Nullable String endpoint, Mode mode,
		boolean gatewayFallback, List<String> instances, @Nullable String serviceName, @Nullable String token,
		@Nullable String tokenFile, @Nullable EasTokenSupplier tokenSupplier, String path,
		@Nullable AuthScheme authScheme, DiscoverySettings discovery, LoadBalancerSettings loadBalancer,
		RetrySettings retry, EjectionSettings ejection, ProbeSettings probe, HttpSettings http) {

	private static final String PATH = "Set it to a path such as /api/predict/{service-name}.";

	/** The default settings. */
	public static final ServiceSettings DEFAULTS = new ServiceSettings(null, null, null, Mode.DIRECT, false, List.of(),
			null, null, null, null, "/api/predict/{service-name}", null, DiscoverySettings.DEFAULTS,
			LoadBalancerSettings.DEFAULTS, RetrySettings.DEFAULTS, EjectionSettings.DEFAULTS, ProbeSettings.DEFAULTS,
			HttpSettings.DEFAULTS);

	/**
	 * Validates the values that don't belong to a group such as {@code discovery}, and
	 * copies the list of instances. Whether there is an endpoint, and whether files can
	 * be used, is checked when a service is created.
	 * @throws InvalidSettingException if a value can't be used
	 */
	public ServiceSettings {
		Assert.pathPart("service-name", serviceName, "Set it to the name that the service has on EAS.");
		if (!path.startsWith("/") || path.endsWith("/") || path.contains("?") || path.contains("#")) {
			throw new InvalidSettingException("path", "'" + path + "'",
					"start with a slash, not end with one and hold no query", PATH);
		}
		Assert.pathTemplate("path", path, PATH);
		if (token != null && tokenFile != null) {
			throw new InvalidSettingException("token-file", "'" + tokenFile + "'", "not be set together with token",
					"Remove one of token and token-file.");
		}
		if (tokenSupplier != null && (token != null || tokenFile != null)) {
			throw new InvalidSettingException((token != null) ? "token" : "token-file", "set",
					"not be set together with an EasTokenSupplier", "Remove one of them.");
		}
		instances = List.copyOf(instances);
	}

	/**
	 * Returns the configured endpoint, or the one derived from account and region; null
	 * if there is neither.
	 */
	@Nullable String knownEndpoint() {
		if (StringUtils.hasText(this.endpoint)) {
			return this.endpoint;
		}
		boolean known = StringUtils.hasText(this.uid) && StringUtils.hasText(this.regionId);
		return known ? this.uid + ".vpc." + this.regionId + ".pai-eas.aliyuncs.com" : null;
	}

	/** Returns whether other settings have the same token from the same source. */
	boolean hasTokenOf(ServiceSettings other) {
		return Objects.equals(this.token, other.token) && Objects.equals(this.tokenFile, other.tokenFile)
				&& Objects.equals(this.tokenSupplier, other.tokenSupplier);
	}

	private static <T> void unchanged(T group) {
	}

	@Override
	public String toString() {
		return "settings of an EAS service in mode " + this.mode;
	}

	/** The source of the instances. */
	public enum Mode {

		/** Instances come from the discovery API; calls go to them directly. */
		DIRECT,

		/** There is no discovery; calls go through the gateway at the endpoint. */
		GATEWAY,

		/** Instances come from the configuration; there is no discovery. */
		STATIC

	}

	/**
	 * Builder of settings, which are validated when they are built. Values that aren't
	 * set are inherited from the settings for all services; alternatives, such as a token
	 * and a token file, are inherited together or not at all. Not thread-safe.
	 *
	 * @param <B> the type of the builder itself
	 */
	public abstract static class Builder<B extends Builder<B>> {

		private @Nullable String uid;

		private @Nullable String regionId;

		private @Nullable String endpoint;

		private @Nullable Mode mode;

		private @Nullable Boolean gatewayFallback;

		private @Nullable List<String> instances;

		private @Nullable String token;

		private @Nullable String tokenFile;

		private @Nullable EasTokenSupplier tokenSupplier;

		private @Nullable String path;

		private @Nullable AuthScheme authScheme;

		private Consumer<DiscoverySettings.Builder> discovery = ServiceSettings::unchanged;

		private Consumer<LoadBalancerSettings.Builder> loadBalancer = ServiceSettings::unchanged;

		private Consumer<RetrySettings.Builder> retry = ServiceSettings::unchanged;

		private Consumer<EjectionSettings.Builder> ejection = ServiceSettings::unchanged;

		private Consumer<ProbeSettings.Builder> probe = ServiceSettings::unchanged;

		private Consumer<HttpSettings.Builder> http = ServiceSettings::unchanged;

		/** Creates a builder without any value. */
		protected Builder() {
		}

		@SuppressWarnings("unchecked") // guaranteed by the type argument of each subclass
		private B self() {
			return (B) this;
		}

		/**
		 * Sets the account and the region, which determine the endpoint.
		 * @param uid see {@link ServiceSettings#uid}
		 * @param regionId see {@link ServiceSettings#regionId}
		 * @return this builder
		 */
		public B account(String uid, String regionId) {
			this.uid = uid;
			this.regionId = regionId;
			return self();
		}

		/** See {@link ServiceSettings#endpoint}. */
		public B endpoint(String endpoint) {
			this.endpoint = endpoint;
			return self();
		}

		/** See {@link ServiceSettings#mode}. */
		public B mode(Mode mode) {
			this.mode = mode;
			return self();
		}

		/** See {@link ServiceSettings#gatewayFallback}. */
		public B gatewayFallback(boolean gatewayFallback) {
			this.gatewayFallback = gatewayFallback;
			return self();
		}

		/**
		 * Sets a fixed list of instances, without discovery.
		 * @param instances see {@link ServiceSettings#instances}
		 * @return this builder
		 */
		public B instances(String... instances) {
			this.mode = Mode.STATIC;
			this.instances = List.of(Assert.noneNull("instances", instances));
			return self();
		}

		/**
		 * Sets the token.
		 * @param token see {@link ServiceSettings#token}; leading and trailing white
		 * space is removed
		 * @return this builder
		 * @throws InvalidSettingException if the token is null, such as the value of an
		 * environment variable that isn't set
		 */
		public B token(@Nullable String token) {
			if (token == null) {
				throw new InvalidSettingException("token", "null", "be a token",
						"Check that the environment variable it comes from is set. For a service without a token, leave it out.");
			}
			this.token = token.strip();
			return self();
		}

		/**
		 * Sets the file that contains the token.
		 * @param tokenFile see {@link ServiceSettings#tokenFile}
		 * @return this builder
		 */
		public B tokenFile(Path tokenFile) {
			this.tokenFile = Assert.notNull("tokenFile", tokenFile).toString();
			return self();
		}

		/**
		 * Sets the supplier of the token, such as one that reads the token from a vault.
		 * @param tokenSupplier supplies the token and renews it
		 * @return this builder
		 */
		public B tokenSupplier(EasTokenSupplier tokenSupplier) {
			this.tokenSupplier = Assert.notNull("tokenSupplier", tokenSupplier);
			return self();
		}

		/** See {@link ServiceSettings#path}. */
		public B path(String path) {
			this.path = path;
			return self();
		}

		/** See {@link ServiceSettings#authScheme}. */
		public B authScheme(AuthScheme authScheme) {
			this.authScheme = authScheme;
			return self();
		}

		/**
		 * Customizes the discovery of instances.
		 * @param change the customizer, called when the settings are built, after the
		 * customizers for all services
		 * @return this builder
		 */
		public B discovery(Consumer<DiscoverySettings.Builder> change) {
			this.discovery = this.discovery.andThen(Assert.notNull("change", change));
			return self();
		}

		/**
		 * Customizes the load balancing.
		 * @param change the customizer, called when that of {@link #discovery} is called
		 * @return this builder
		 */
		public B loadBalancer(Consumer<LoadBalancerSettings.Builder> change) {
			this.loadBalancer = this.loadBalancer.andThen(Assert.notNull("change", change));
			return self();
		}

		/**
		 * Customizes retries.
		 * @param change the customizer, called when that of {@link #discovery} is called
		 * @return this builder
		 */
		public B retry(Consumer<RetrySettings.Builder> change) {
			this.retry = this.retry.andThen(Assert.notNull("change", change));
			return self();
		}

		/**
		 * Customizes the ejection of failing instances.
		 * @param change the customizer, called when that of {@link #discovery} is called
		 * @return this builder
		 */
		public B ejection(Consumer<EjectionSettings.Builder> change) {
			this.ejection = this.ejection.andThen(Assert.notNull("change", change));
			return self();
		}

		/**
		 * Enables and customizes health checks by the client.
		 * @param change the customizer, called when that of {@link #discovery} is called
		 * @return this builder
		 */
		public B probe(Consumer<ProbeSettings.Builder> change) {
			this.probe = this.probe.andThen((probe) -> probe.enabled(true)).andThen(Assert.notNull("change", change));
			return self();
		}

		/**
		 * Customizes HTTP connections, timeouts and limits.
		 * @param change the customizer, called when that of {@link #discovery} is called
		 * @return this builder
		 */
		public B http(Consumer<HttpSettings.Builder> change) {
			this.http = this.http.andThen(Assert.notNull("change", change));
			return self();
		}

		/**
		 * Builds the settings of a service.
		 * @param serviceName see {@link ServiceSettings#serviceName}
		 * @param all the values for all services, which the values of this builder
		 * override
		 * @return the settings
		 * @throws InvalidSettingException if a value can't be used
		 */
		protected ServiceSettings build(@Nullable String serviceName, Builder<?> all) {
			Builder<?> token = (this.token != null || this.tokenFile != null || this.tokenSupplier != null) ? this
					: all;
			String sharedEndpoint = (this.uid == null) ? all.endpoint : null;
			return new ServiceSettings(first(this.uid, all.uid), first(this.regionId, all.regionId),
					(this.endpoint != null) ? this.endpoint : sharedEndpoint,
					first(this.mode, all.mode, DEFAULTS.mode()),
					first(this.gatewayFallback, all.gatewayFallback, DEFAULTS.gatewayFallback()),
					first(this.instances, all.instances, DEFAULTS.instances()), serviceName, token.token,
					token.tokenFile, token.tokenSupplier, first(this.path, all.path, DEFAULTS.path()),
					first(this.authScheme, all.authScheme),
					group("discovery", DiscoverySettings.builder(), all.discovery.andThen(this.discovery),
							DiscoverySettings.Builder::build),
					group("load-balancer", LoadBalancerSettings.builder(), all.loadBalancer.andThen(this.loadBalancer),
							LoadBalancerSettings.Builder::build),
					group("retry", RetrySettings.builder(), all.retry.andThen(this.retry),
							RetrySettings.Builder::build),
					group("ejection", EjectionSettings.builder(), all.ejection.andThen(this.ejection),
							EjectionSettings.Builder::build),
					group("probe", ProbeSettings.builder(), all.probe.andThen(this.probe),
							ProbeSettings.Builder::build),
					group("http", HttpSettings.builder(), all.http.andThen(this.http), HttpSettings.Builder::build));
		}

		private static <T> @Nullable T first(@Nullable T own, @Nullable T shared) {
			return (own != null) ? own : shared;
		}

		private static <T> T first(@Nullable T own, @Nullable T shared, T otherwise) {
			T set = first(own, shared);
			return (set != null) ? set : otherwise;
		}

		private static <G, S> S group(String name, G group, Consumer<G> changes, Function<G, S> build) {
			return InvalidSettingException.within(name, () -> {
				changes.accept(group);
				return build.apply(group);
			});
		}

	}

}
