package io.eas.autoconfigure;

import java.util.List;

import io.eas.service.EasServices;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.client.loadbalancer.DeferringLoadBalancerInterceptor;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Configures the HTTP service groups that have the name of an alias, so that their calls
 * are made by the client of that service. A group whose base URL names another host isn't
 * changed. This class isn't a record, since a record's {@code toString()} would include
 * the environment, which may contain tokens.
 */
final class AliasGroups {

	/**
	 * The order of this configurer: after those of Spring Boot, and of Spring Cloud
	 * LoadBalancer with the order 10.
	 */
	private static final int ORDER = 15;

	private final EasServices services;

	private final Environment environment;

	/**
	 * Creates the groups of an application.
	 * @param services the services
	 * @param environment the environment with the base URLs of groups
	 */
	AliasGroups(EasServices services, Environment environment) {
		this.services = services;
		this.environment = environment;
	}

	/**
	 * Returns the base URL of a group.
	 * @param group the name of the group
	 * @return the URL with the alias as its host, or null if the group doesn't call an
	 * EAS service
	 */
	private @Nullable String baseUrl(String group) {
		if (this.services.find(group) == null) {
			return null;
		}
		String configured = Binder.get(this.environment)
			.bind("spring.http.serviceclient." + group + ".base-url", String.class)
			.orElse("");
		if (configured.isBlank()) {
			return "http://" + group;
		}
		for (String ours : List.of("http://" + group, "lb://" + group)) {
			String path = configured.strip().startsWith(ours) ? configured.strip().substring(ours.length()) : "no path";
			if (path.isEmpty() || path.startsWith("/")) {
				return "http://" + group + path;
			}
		}
		return null;
	}

	/**
	 * Configures the groups that use {@code RestClient}.
	 *
	 * @param groups the groups
	 */
	record OfRestClient(AliasGroups groups) implements RestClientHttpServiceGroupConfigurer {

		@Override
		public void configureGroups(Groups<RestClient.Builder> all) {
			all.forEachClient((group, builder) -> {
				String url = this.groups.baseUrl(group.name());
				if (url != null) {
					builder.baseUrl(url)
						.requestFactory(this.groups.services.requestFactory(group.name()))
						.requestInterceptors((interceptors) -> interceptors
							.removeIf(DeferringLoadBalancerInterceptor.class::isInstance));
				}
			});
		}

		@Override
		public int getOrder() {
			return ORDER;
		}

	}

	/**
	 * Configures the groups that use {@code WebClient}.
	 *
	 * @param groups the groups
	 */
	record OfWebClient(AliasGroups groups) implements WebClientHttpServiceGroupConfigurer {

		@Override
		public void configureGroups(Groups<WebClient.Builder> all) {
			all.forEachClient((group, builder) -> {
				String url = this.groups.baseUrl(group.name());
				if (url != null) {
					this.groups.services.configure(group.name(), builder);
					builder.baseUrl(url).filters((filters) -> filters.removeIf(WebClientPostProcessor::isSprings));
				}
			});
		}

		@Override
		public int getOrder() {
			return ORDER;
		}

	}

}
