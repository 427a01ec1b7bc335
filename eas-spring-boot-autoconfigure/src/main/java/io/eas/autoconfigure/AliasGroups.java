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
 * The groups of HTTP interfaces that are named after an alias. Their calls are those of
 * the client of that service. A group whose base URL names another host is left alone. It
 * is no record, since the text of an environment may contain tokens.
 */
final class AliasGroups {

	/**
	 * After Spring Boot's configurers, and Spring Cloud LoadBalancer's with the order 10.
	 */
	private static final int ORDER = 15;

	private final EasServices services;

	private final Environment environment;

	/**
	 * Creates the groups of an application.
	 * @param services the services
	 * @param environment contains the base URLs of groups
	 */
	AliasGroups(EasServices services, Environment environment) {
		this.services = services;
		this.environment = environment;
	}

	/**
	 * Returns the base URL of a group.
	 * @param group the name of the group
	 * @return the URL with the alias as its host, or null if the group doesn't call a
	 * service
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
	 * Configures the groups over {@code RestClient}.
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
	 * Configures the groups over {@code WebClient}.
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
