package io.eas.benchmarks.bodies;

import java.util.function.Function;

/**
 * The client variants that transfer bodies to and from a single instance.
 */
enum BodyVariant {

	/** The baseline, with which all other variants are compared. */
	RAW("raw", "Reactor Netty", true, NettyBodies::new),

	APACHE("apache", "Apache HttpClient 5 async", false, ApacheBodies::new),

	WEB_CLIENT("webclient", "WebClient", true, WebClientBodies::fixed),

	EAS_WEB_CLIENT("eas-webclient", "WebClient, our LB", true, WebClientBodies::balanced),

	EAS("eas", "EasClient", true, EasBodies::new);

	private final String id;

	private final String label;

	private final boolean streams;

	@SuppressWarnings("ImmutableEnumChecker") // stateless functions
	private final Function<String, BodyPath> start;

	BodyVariant(String id, String label, boolean streams, Function<String, BodyPath> start) {
		this.id = id;
		this.label = label;
		this.streams = streams;
		this.start = start;
	}

	/** Starts the variant for the instance at an address. */
	BodyPath start(String address) {
		return this.start.apply(address);
	}

	/** Returns the name in tables. */
	String label() {
		return this.label;
	}

	/** Returns whether the variant supports streams. */
	boolean streams() {
		return this.streams;
	}

	/** Returns the name on the command line. */
	@Override
	public String toString() {
		return this.id;
	}

}
