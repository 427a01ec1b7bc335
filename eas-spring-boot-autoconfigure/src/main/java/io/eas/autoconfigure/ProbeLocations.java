package io.eas.autoconfigure;

import java.net.URI;
import java.util.Arrays;

import io.eas.server.ListenAddress;
import io.eas.server.Probe;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * The URIs of the probes of this application, according to the configuration of Actuator.
 *
 * @param environment the configuration of the servers
 * @param base the prefix of all paths of the main server, without a trailing slash
 * @param actuator whether Actuator is on the class path
 */
record ProbeLocations(ServerEnvironment environment, String base, boolean actuator) {

	/** A class that is present if Actuator is on the class path. */
	static final String ACTUATOR = "org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration";

	private static final String MANAGEMENT = "management:";

	private static final String SERVER = "server:";

	static ProbeLocations of(ServerEnvironment environment, ApplicationContext context) {
		String base = (context instanceof ReactiveWebApplicationContext)
				? clean(environment.text("spring.webflux.base-path"))
				: clean(environment.text("server.servlet.context-path"))
						+ clean(environment.text("spring.mvc.servlet.path"));
		return new ProbeLocations(environment, base, ClassUtils.isPresent(ACTUATOR, context.getClassLoader()));
	}

	/** Returns whether the URI of a probe can be determined. */
	boolean isKnown(Probe probe) {
		return this.actuator || this.environment.properties().path(probe) != null;
	}

	/** Returns whether any probe is served by the management server. */
	boolean useManagement() {
		return this.environment.properties().probes() && this.actuator && this.environment.management() != null
				&& Arrays.stream(Probe.values()).anyMatch(this::isActuatorsOwn);
	}

	private boolean isActuatorsOwn(Probe probe) {
		String additional = additionalPath(probe);
		return this.environment.properties().path(probe) == null
				&& (additional == null || !additional.startsWith(SERVER));
	}

	/**
	 * Returns the URI of a probe on this machine, or null if its server isn't running.
	 */
	@Nullable URI uri(Probe probe) {
		String own = this.environment.properties().path(probe);
		if (own != null) {
			return server(own);
		}
		String additional = additionalPath(probe);
		ListenAddress management = this.environment.management();
		if (additional != null && additional.startsWith(SERVER)) {
			return server(this.base + clean(additional.substring(SERVER.length())));
		}
		if (management == null) {
			return server(this.base + endpoint(probe));
		}
		String path = (additional != null) ? clean(additional.substring(MANAGEMENT.length())) : endpoint(probe);
		return uri(management, this.environment.localPort(true),
				clean(this.environment.text("management.server.base-path")) + path);
	}

	/**
	 * Returns the additional path of a probe with the prefix of its server, such as
	 * {@code server:/livez} or {@code management:/livez}, or null if there is none.
	 */
	private @Nullable String additionalPath(Probe probe) {
		String path = this.environment.text("management.endpoint.health.group." + probe.group() + ".additional-path");
		if (path != null && (path.startsWith(SERVER) || path.startsWith(MANAGEMENT))) {
			return path;
		}
		return "true".equalsIgnoreCase(this.environment.text("management.endpoint.health.probes.add-additional-paths"))
				? SERVER + probe.additionalPath() : null;
	}

	private String endpoint(Probe probe) {
		String root = this.environment.text("management.endpoints.web.base-path");
		String health = this.environment.text("management.endpoints.web.path-mapping.health");
		return clean((root != null) ? root : "/actuator") + clean((health != null) ? health : "health") + "/"
				+ probe.group();
	}

	private @Nullable URI server(String path) {
		return uri(this.environment.server(), this.environment.localPort(false), path);
	}

	private static @Nullable URI uri(ListenAddress address, @Nullable Integer port, String path) {
		return (port != null) ? URI.create("http://" + address.localHost() + ":" + port + path) : null;
	}

	private static String clean(@Nullable String path) {
		String name = (path != null) ? path.strip() : "";
		name = name.startsWith("/") ? name.substring(1) : name;
		name = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
		return name.isEmpty() ? "" : "/" + name;
	}

}
