package io.eas.benchmarks.paths;

import java.util.List;
import java.util.function.Function;

/**
 * Who is measured. Those called fixed know one instance, all others three.
 */
public enum Variant {

	/** The floor that all others are compared with. */
	RAW("raw", "Reactor Netty, fixed", (addresses) -> new NettyPath(addresses.subList(0, 1))),

	/** What is left of the floor where there are three instances. */
	RAW_IN_TURN("raw-in-turn", "Reactor Netty, three in turn", NettyPath::new),

	/** Apache's. */
	APACHE("apache", "Apache HttpClient 5 async, fixed", (addresses) -> new ApachePath(addresses.subList(0, 1))),

	/** Apache's over as many instances as ours. */
	APACHE_IN_TURN("apache-in-turn", "Apache HttpClient 5 async, three in turn", ApachePath::new),

	/** Java's. */
	JDK("jdk", "JDK HttpClient, fixed", JdkPath::new),

	/** Armeria's. */
	ARMERIA("armeria", "Armeria, weighted RR + retry", ArmeriaPath::new),

	/** Spring's, bare. */
	WEB_CLIENT("webclient", "WebClient, fixed", (addresses) -> WebClientPath.fixed(addresses, Content.BYTES)),

	/** Spring's, bare, with JSON. */
	WEB_CLIENT_JSON("webclient-json", "WebClient, fixed, JSON",
			(addresses) -> WebClientPath.fixed(addresses, Content.JSON)),

	/** Spring's with its load balancer. */
	SPRING("spring-lb", "WebClient, Spring LB", (addresses) -> WebClientPath.springLoadBalanced(addresses, false)),

	/** Spring's with its load balancer and its retries. */
	SPRING_RETRY("spring-lb-retry", "WebClient, Spring LB + retry",
			(addresses) -> WebClientPath.springLoadBalanced(addresses, true)),

	/** Spring's with our load balancer. */
	EAS_WEB_CLIENT("eas-webclient", "WebClient, our LB", WebClientPath::easLoadBalanced),

	/** Spring's with our load balancer, and as little to choose from as without one. */
	EAS_WEB_CLIENT_FIXED("eas-webclient-fixed", "WebClient, our LB, one instance",
			(addresses) -> WebClientPath.easLoadBalanced(addresses.subList(0, 1))),

	/** Ours. */
	EAS("eas", "EasClient", (addresses) -> new EasPath(addresses, Content.BYTES)),

	/** Ours with as little to choose from as the floor. */
	EAS_FIXED("eas-fixed", "EasClient, fixed", (addresses) -> new EasPath(addresses.subList(0, 1), Content.BYTES)),

	/** Ours with the token as it is. */
	EAS_TOKEN("eas-token", "EasClient, token",
			(addresses) -> new EasPath(addresses, Content.BYTES, "eas.auth.scheme=token", "eas.token=c2VjcmV0")),

	/** Ours with a signature. */
	EAS_SIGNATURE("eas-signature", "EasClient, signature",
			(addresses) -> new EasPath(addresses, Content.BYTES, "eas.auth.scheme=signature", "eas.token=c2VjcmV0")),

	/** Ours with what an application with Actuator sees of it. */
	EAS_OBSERVED("eas-observed", "EasClient, metrics + observation",
			(addresses) -> EasPath.observed(addresses, Content.BYTES)),

	/** Ours with JSON. */
	EAS_JSON("eas-json", "EasClient, JSON", (addresses) -> new EasPath(addresses, Content.JSON)),

	/** Ours with the other algorithm. */
	EAS_LEAST_REQUEST("eas-least-request", "EasClient, least-request", (addresses) -> new EasPath(addresses,
			Content.BYTES, "eas.auth.scheme=none", "eas.load-balancer.algorithm=least-request"));

	private final String id;

	private final String label;

	@SuppressWarnings("ImmutableEnumChecker") // all are lambdas without state
	private final Function<List<String>, CallPath> start;

	Variant(String id, String label, Function<List<String>, CallPath> start) {
		this.id = id;
		this.label = label;
		this.start = start;
	}

	/**
	 * Starts it.
	 * @param addresses the instances, {@code host:port}
	 * @return ready to call
	 */
	public CallPath start(List<String> addresses) {
		return this.start.apply(addresses);
	}

	/**
	 * What tables call it.
	 * @return a name and how it is set up
	 */
	public String label() {
		return this.label;
	}

	/** As on the command line. */
	@Override
	public String toString() {
		return this.id;
	}

}
