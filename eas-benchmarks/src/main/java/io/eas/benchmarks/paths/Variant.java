package io.eas.benchmarks.paths;

import java.util.List;
import java.util.function.Function;

/**
 * The measured variants. Those named "fixed" know one instance, all others three.
 */
public enum Variant {

	/** The baseline, with which all other variants are compared. */
	RAW("raw", "Reactor Netty, fixed", (addresses) -> new NettyPath(addresses.subList(0, 1))),

	/** The client of the baseline, with three instances. */
	RAW_IN_TURN("raw-in-turn", "Reactor Netty, three in turn", NettyPath::new),

	/** Apache's client. */
	APACHE("apache", "Apache HttpClient 5 async, fixed", (addresses) -> new ApachePath(addresses.subList(0, 1))),

	/** Apache's client with as many instances as our client. */
	APACHE_IN_TURN("apache-in-turn", "Apache HttpClient 5 async, three in turn", ApachePath::new),

	/** The JDK's client. */
	JDK("jdk", "JDK HttpClient, fixed", JdkPath::new),

	/** Armeria's client. */
	ARMERIA("armeria", "Armeria, weighted RR + retry", ArmeriaPath::new),

	/** Spring's client without a load balancer. */
	WEB_CLIENT("webclient", "WebClient, fixed", (addresses) -> WebClientPath.fixed(addresses, Content.BYTES)),

	/** Spring's client without a load balancer, with JSON. */
	WEB_CLIENT_JSON("webclient-json", "WebClient, fixed, JSON",
			(addresses) -> WebClientPath.fixed(addresses, Content.JSON)),

	/** Spring's client with its load balancer. */
	SPRING("spring-lb", "WebClient, Spring LB", (addresses) -> WebClientPath.springLoadBalanced(addresses, false)),

	/** Spring's client with its load balancer and its retries. */
	SPRING_RETRY("spring-lb-retry", "WebClient, Spring LB + retry",
			(addresses) -> WebClientPath.springLoadBalanced(addresses, true)),

	/** Spring's client with our load balancer. */
	EAS_WEB_CLIENT("eas-webclient", "WebClient, our LB", WebClientPath::easLoadBalanced),

	/** Spring's client with our load balancer and only one instance. */
	EAS_WEB_CLIENT_FIXED("eas-webclient-fixed", "WebClient, our LB, one instance",
			(addresses) -> WebClientPath.easLoadBalanced(addresses.subList(0, 1))),

	/** The {@code WebClient} of an alias. */
	WEB_CLIENT_ALIAS("webclient-alias", "WebClient of an alias", WebClientPath::ofAlias),

	/** Spring's blocking client with only one instance. */
	REST_CLIENT("restclient", "RestClient over Reactor Netty, fixed", BlockingPath::fixed),

	/** The {@code RestClient} of an alias. */
	REST_CLIENT_ALIAS("restclient-alias", "RestClient of an alias", BlockingPath::restClient),

	/** Our client with blocking calls. */
	BLOCKING("blocking", "EasClient, blocking", BlockingPath::easClient),

	/** Our client. */
	EAS("eas", "EasClient", (addresses) -> new EasPath(addresses, Content.BYTES)),

	/** Our client with only one instance, like the baseline. */
	EAS_FIXED("eas-fixed", "EasClient, fixed", (addresses) -> new EasPath(addresses.subList(0, 1), Content.BYTES)),

	/** Our client with the authentication scheme {@code token}. */
	EAS_TOKEN("eas-token", "EasClient, token",
			(addresses) -> new EasPath(addresses, Content.BYTES, "eas.auth.scheme=token", "eas.token=c2VjcmV0")),

	/** Our client with the authentication scheme {@code signature}. */
	EAS_SIGNATURE("eas-signature", "EasClient, signature",
			(addresses) -> new EasPath(addresses, Content.BYTES, "eas.auth.scheme=signature", "eas.token=c2VjcmV0")),

	/** Our client with the meters and observations of an application with Actuator. */
	EAS_OBSERVED("eas-observed", "EasClient, metrics + observation",
			(addresses) -> EasPath.observed(addresses, Content.BYTES)),

	/** Our client with JSON. */
	EAS_JSON("eas-json", "EasClient, JSON", (addresses) -> new EasPath(addresses, Content.JSON)),

	/** Our client with the least-request algorithm. */
	EAS_LEAST_REQUEST("eas-least-request", "EasClient, least-request", (addresses) -> new EasPath(addresses,
			Content.BYTES, "eas.auth.scheme=none", "eas.load-balancer.algorithm=least-request"));

	private final String id;

	private final String label;

	@SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
	private final Function<List<String>, CallPath> start;

	Variant(String id, String label, Function<List<String>, CallPath> start) {
		this.id = id;
		this.label = label;
		this.start = start;
	}

	/**
	 * Starts the variant.
	 * @param addresses the instances, {@code host:port}
	 * @return the variant, ready to call
	 */
	public CallPath start(List<String> addresses) {
		return this.start.apply(addresses);
	}

	/**
	 * Returns the name in tables.
	 * @return the name with the configuration
	 */
	public String label() {
		return this.label;
	}

	/** Returns the name on the command line. */
	@Override
	public String toString() {
		return this.id;
	}

}
