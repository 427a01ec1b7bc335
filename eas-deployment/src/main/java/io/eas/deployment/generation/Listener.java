package io.eas.deployment.generation;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A server of the application, with the prefix of its settings and its port.
 *
 * @param prefix the prefix of its settings: {@code server} or {@code management.server}
 * @param port the port on which it listens
 */
record Listener(String prefix, int port) {

	private static final Set<Integer> ENGINE = Set.of(8080, 9090);

	private static final int LARGEST = 65535;

	/**
	 * Returns the main server.
	 * @throws GenerationException if EAS can't use its port
	 */
	static Listener main(Settings settings) {
		if ("none".equalsIgnoreCase(settings.text("spring.main.web-application-type"))) {
			throw new GenerationException("spring.main.web-application-type is none, so the application serves "
					+ "nothing: set it to servlet or reactive");
		}
		Integer port = settings.number("server.port");
		if (port == null) {
			throw new GenerationException("server.port is not set, so the application listens on 8080, which belongs "
					+ "to the engine of EAS: set it to another port, such as 8000");
		}
		return usable("server", port);
	}

	/**
	 * Returns the server of Actuator's endpoints.
	 * @throws GenerationException if there is none, or EAS can't use its port
	 */
	static Listener management(Settings settings, Listener main) {
		Integer port = settings.number("management.server.port");
		if (port == null || port == main.port()) {
			return main;
		}
		if (port < 0) {
			throw new GenerationException("management.server.port is " + port
					+ ", which turns off the endpoints that health checks use: remove it");
		}
		return usable("management.server", port);
	}

	/**
	 * Checks that Actuator's server doesn't use a port of the EAS engine, whether or not
	 * a health check uses the server.
	 * @throws GenerationException if it uses such a port
	 */
	static void requireOffEngine(Settings settings) {
		Integer port = settings.number("management.server.port");
		if (port != null) {
			requireOffEngine("management.server", port);
		}
	}

	/**
	 * Checks that a health check can get a response from this server.
	 * @throws GenerationException if the server listens on the loopback address only, or
	 * expects TLS
	 */
	void requireReachable(Settings settings) {
		String address = settings.text(this.prefix + ".address");
		if (isLoopback(address)) {
			throw new GenerationException(this.prefix + ".address is " + address
					+ ", which can be reached only from inside the container: set it to 0.0.0.0");
		}
		if (settings.isTls(this.prefix + ".ssl")) {
			throw new GenerationException(this.prefix + ".ssl is on, but a health check of EAS speaks plain HTTP: set "
					+ this.prefix + ".ssl.enabled to false");
		}
	}

	private static Listener usable(String prefix, int port) {
		requireOffEngine(prefix, port);
		if (port < 1 || port > LARGEST) {
			throw new GenerationException(prefix + ".port is " + port
					+ ", but EAS must know the port for its health checks: set it to a port from 1 to 65535, such as "
					+ "8000");
		}
		return new Listener(prefix, port);
	}

	private static void requireOffEngine(String prefix, int port) {
		if (ENGINE.contains(port)) {
			throw new GenerationException(prefix + ".port is " + port
					+ ", which belongs to the engine of EAS: set it to another port, such as 8000");
		}
	}

	private static boolean isLoopback(@Nullable String address) {
		return address != null && (address.equalsIgnoreCase("localhost") || address.startsWith("127.")
				|| address.matches("\\[?(0{0,4}:)*:?0{0,3}1]?"));
	}

}
