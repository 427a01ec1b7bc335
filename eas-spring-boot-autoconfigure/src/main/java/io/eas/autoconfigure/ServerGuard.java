package io.eas.autoconfigure;

import io.eas.properties.InvalidEasPropertyException;
import io.eas.server.ListenAddress;
import io.eas.settings.InvalidSettingException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/**
 * Rejects ports and addresses that don't work on EAS, before a server binds to them. It
 * is the last customizer, so that it sees the settings of all other customizers.
 */
final class ServerGuard implements WebServerFactoryCustomizer<ConfigurableWebServerFactory>, Ordered {

	private static final Log log = LogFactory.getLog(ServerGuard.class);

	private static final String DEFAULT_PORT = "8080";

	private final ServerEnvironment environment;

	private final ProbeLocations probes;

	private final boolean allowLoopback;

	ServerGuard(ServerEnvironment environment, ProbeLocations probes) {
		this.environment = environment;
		this.probes = probes;
		this.allowLoopback = environment.properties().allowLoopback();
	}

	@Override
	public void customize(ConfigurableWebServerFactory factory) {
		if (factory instanceof AbstractConfigurableWebServerFactory known) {
			checkServer(new ListenAddress(known.getPort(), known.getAddress()));
			warn(known.getShutdown());
		}
		else {
			checkServer(this.environment.server());
		}
		ListenAddress management = this.environment.management();
		if (management != null) {
			checkManagement(management);
		}
	}

	private void checkServer(ListenAddress address) {
		checkPort("server", address);
		checkAddress("server", address, "");
	}

	/**
	 * Checks the management server, which may listen on a loopback address if EAS sends
	 * no probes to it.
	 */
	private void checkManagement(ListenAddress address) {
		checkPort("management.server", address);
		if (this.probes.useManagement()) {
			checkAddress("management.server", address,
					", or set management.endpoint.health.probes.add-additional-paths to true, which moves the probes "
							+ "to the server's own port");
		}
	}

	private static void warn(Shutdown shutdown) {
		if (shutdown == Shutdown.IMMEDIATE) {
			log.warn("server.shutdown is immediate, so requests that are under way when the drain ends are cut off; "
					+ "set it to graceful");
		}
	}

	private void checkPort(String server, ListenAddress address) {
		if (address.isReserved()) {
			throw invalid(server + ".port", Integer.toString(address.port()),
					"not be 8080 or 9090, which belong to the engine of EAS",
					"Set " + server + ".port to another one, such as 8000, and let service.json name the same.");
		}
	}

	private void checkAddress(String server, ListenAddress address, String otherwise) {
		if (address.isLoopback() && !this.allowLoopback) {
			throw invalid(server + ".address", address.localHost(),
					"be an address that EAS reaches from outside of the container",
					"Set " + server + ".address to 0.0.0.0, or remove it" + otherwise
							+ ". On a machine of your own, set eas.server.allow-loopback to true.");
		}
	}

	private InvalidEasPropertyException invalid(String name, String value, String allowed, String remedy) {
		boolean said = StringUtils.hasText(this.environment.text(name));
		String was = (said || !value.equals(DEFAULT_PORT)) ? value : value + " (the default)";
		return this.environment.invalid(name, new InvalidSettingException(name, was, allowed, remedy));
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

}
