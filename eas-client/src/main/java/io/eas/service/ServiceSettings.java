package io.eas.service;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.eas.client.auth.AuthScheme;
import io.eas.client.call.HttpSettings;
import io.eas.client.retry.RetrySettings;
import io.eas.discovery.probe.ProbeSettings;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * What can be said about a service. Immutable; its token is in no text of it.
 *
 * @param uid the ID of the Alibaba Cloud account, or null; with the region it gives the
 * endpoint {@code {uid}.vpc.{region-id}.pai-eas.aliyuncs.com}
 * @param regionId the region of the service, such as cn-hangzhou, or null
 * @param endpoint the host of the discovery API and of the gateway, as host[:port] or as
 * a URL; wins over account and region; null for none
 * @param mode where instances come from; {@link Mode#DIRECT} by default
 * @param gatewayFallback whether calls go through the gateway while no instance is known,
 * in mode direct; false by default
 * @param instances the instances in mode static, as host:port or host:port;weight
 * @param serviceName the name of the service on EAS; null or empty for the alias
 * @param token the token of the service, or null
 * @param tokenFile the file that holds the token, read again when it changes, or null
 * @param path the prefix of every call, with {@code {service-name}} filled in
 * @param authScheme how the token is shown; null, as by default, for a signature, and for
 * nothing where there is no token
 * @param discovery how instances are discovered
 * @param loadBalancer how calls are spread over the instances
 * @param retry what is tried again on another instance
 * @param ejection which instances are left out for a time
 * @param probe how instances are checked by the client itself
 * @param http how calls use the network
 */
public record ServiceSettings(@Nullable String uid, @Nullable String regionId, @Nullable String endpoint, Mode mode,
		boolean gatewayFallback, List<String> instances, @Nullable String serviceName, @Nullable String token,
		@Nullable String tokenFile, String path, @Nullable AuthScheme authScheme, DiscoverySettings discovery,
		LoadBalancerSettings loadBalancer, RetrySettings retry, EjectionSettings ejection, ProbeSettings probe,
		HttpSettings http) {

	private static final String PATH = "Set it to a path such as /api/predict/{service-name}.";

	/** What holds where nothing is configured. */
	public static final ServiceSettings DEFAULTS = new ServiceSettings(null, null, null, Mode.DIRECT, false, List.of(),
			null, null, null, "/api/predict/{service-name}", null, DiscoverySettings.DEFAULTS,
			LoadBalancerSettings.DEFAULTS, RetrySettings.DEFAULTS, EjectionSettings.DEFAULTS, ProbeSettings.DEFAULTS,
			HttpSettings.DEFAULTS);

	/**
	 * Checks what concerns more than one group, and copies the list. Whether there is an
	 * endpoint, and whether files can be used, is found once a service is made.
	 * @throws InvalidSettingException if a value can't be used
	 */
	public ServiceSettings {
		Assert.pathPart("service-name", serviceName, "Set it to the name that the service has on EAS.");
		if (!path.startsWith("/") || path.endsWith("/") || path.contains("?") || path.contains("#")) {
			throw new InvalidSettingException("path", "'" + path + "'",
					"start with a slash, not end with one and hold no query", PATH);
		}
		Assert.path("path", path, PATH);
		if (token != null && tokenFile != null) {
			throw new InvalidSettingException("token-file", "'" + tokenFile + "'", "not be set together with token",
					"Remove one of token and token-file.");
		}
		instances = List.copyOf(instances);
	}

	/** The endpoint as it is set, or made of account and region; null if neither is. */
	@Nullable String knownEndpoint() {
		if (StringUtils.hasText(this.endpoint)) {
			return this.endpoint;
		}
		boolean known = StringUtils.hasText(this.uid) && StringUtils.hasText(this.regionId);
		return known ? this.uid + ".vpc." + this.regionId + ".pai-eas.aliyuncs.com" : null;
	}

	private static <T> void unchanged(T group) {
	}

	@Override
	public String toString() {
		return "settings of an EAS service in mode " + this.mode;
	}

	/**
	 * Where instances come from.
	 */
	public enum Mode {

		/** From the discovery API; calls go to instances directly. */
		DIRECT,

		/** There is no discovery; calls go through the gateway, at the endpoint. */
		GATEWAY,

		/** From the configuration; there is no discovery. */
		STATIC

	}

	/**
	 * Changes settings, which are checked once all are known. What isn't set is taken
	 * from other settings; alternatives are taken together, such as a token and a file
	 * that holds one. Not thread-safe.
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

		private @Nullable String path;

		private @Nullable AuthScheme authScheme;

		private Consumer<DiscoverySettings.Builder> discovery = ServiceSettings::unchanged;

		private Consumer<LoadBalancerSettings.Builder> loadBalancer = ServiceSettings::unchanged;

		private Consumer<RetrySettings.Builder> retry = ServiceSettings::unchanged;

		private Consumer<EjectionSettings.Builder> ejection = ServiceSettings::unchanged;

		private Consumer<ProbeSettings.Builder> probe = ServiceSettings::unchanged;

		private Consumer<HttpSettings.Builder> http = ServiceSettings::unchanged;

		/**
		 * Settings of which none is set.
		 */
		protected Builder() {
		}

		@SuppressWarnings("unchecked") // what extends this says so
		private B self() {
			return (B) this;
		}

		/**
		 * The account and the region, which give the endpoint.
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
		 * No discovery: calls go to these instances.
		 * @param instances see {@link ServiceSettings#instances}
		 * @return this builder
		 */
		public B instances(String... instances) {
			this.mode = Mode.STATIC;
			this.instances = List.of(Assert.noneNull("instances", instances));
			return self();
		}

		/**
		 * The token.
		 * @param token see {@link ServiceSettings#token}; white space around it is cut
		 * off
		 * @return this builder
		 * @throws InvalidSettingException if it is null, as is an environment variable
		 * that isn't set
		 */
		public B token(@Nullable String token) {
			if (token == null) {
				throw new InvalidSettingException("token", "null", "be a token",
						"Is the environment variable set that it comes from? For a service without a token leave it out.");
			}
			this.token = token.strip();
			return self();
		}

		/**
		 * The file that holds the token.
		 * @param tokenFile see {@link ServiceSettings#tokenFile}
		 * @return this builder
		 */
		public B tokenFile(Path tokenFile) {
			this.tokenFile = Assert.notNull("tokenFile", tokenFile).toString();
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
		 * Changes how instances are discovered.
		 * @param change called once the settings are built, after those of all services
		 * @return this builder
		 */
		public B discovery(Consumer<DiscoverySettings.Builder> change) {
			this.discovery = this.discovery.andThen(Assert.notNull("change", change));
			return self();
		}

		/**
		 * Changes how calls are spread over the instances.
		 * @param change as for {@link #discovery}
		 * @return this builder
		 */
		public B loadBalancer(Consumer<LoadBalancerSettings.Builder> change) {
			this.loadBalancer = this.loadBalancer.andThen(Assert.notNull("change", change));
			return self();
		}

		/**
		 * Changes what is tried again on another instance.
		 * @param change as for {@link #discovery}
		 * @return this builder
		 */
		public B retry(Consumer<RetrySettings.Builder> change) {
			this.retry = this.retry.andThen(Assert.notNull("change", change));
			return self();
		}

		/**
		 * Changes which instances are left out for a time.
		 * @param change as for {@link #discovery}
		 * @return this builder
		 */
		public B ejection(Consumer<EjectionSettings.Builder> change) {
			this.ejection = this.ejection.andThen(Assert.notNull("change", change));
			return self();
		}

		/**
		 * Has the client itself check instances.
		 * @param change as for {@link #discovery}
		 * @return this builder
		 */
		public B probe(Consumer<ProbeSettings.Builder> change) {
			this.probe = this.probe.andThen((probe) -> probe.enabled(true)).andThen(Assert.notNull("change", change));
			return self();
		}

		/**
		 * Changes how calls use the network.
		 * @param change as for {@link #discovery}
		 * @return this builder
		 */
		public B http(Consumer<HttpSettings.Builder> change) {
			this.http = this.http.andThen(Assert.notNull("change", change));
			return self();
		}

		/**
		 * The settings of one service.
		 * @param serviceName see {@link ServiceSettings#serviceName}
		 * @param all what is set for all services, which these settings win over
		 * @return the settings
		 * @throws InvalidSettingException if one can't be used
		 */
		protected ServiceSettings build(@Nullable String serviceName, Builder<?> all) {
			Builder<?> token = (this.token != null || this.tokenFile != null) ? this : all;
			String sharedEndpoint = (this.uid == null) ? all.endpoint : null;
			return new ServiceSettings(first(this.uid, all.uid), first(this.regionId, all.regionId),
					(this.endpoint != null) ? this.endpoint : sharedEndpoint,
					first(this.mode, all.mode, DEFAULTS.mode()),
					first(this.gatewayFallback, all.gatewayFallback, DEFAULTS.gatewayFallback()),
					first(this.instances, all.instances, DEFAULTS.instances()), serviceName, token.token,
					token.tokenFile, first(this.path, all.path, DEFAULTS.path()),
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
