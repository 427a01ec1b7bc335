package io.eas.benchmarks.clients;

import java.util.List;

/**
 * Who is measured beside the client: those that people use today. Each calls instances
 * that it is given, tries three times at most, and waits as long for an answer.
 */
public enum Peer {

	/**
	 * {@code WebClient} with Spring Cloud LoadBalancer and its retries.
	 */
	SPRING("WebClient, Spring LB + retry") {

		@Override
		public Client start(List<String> addresses, Timeouts timeouts) {
			return new SpringClient(addresses, timeouts);
		}

	},

	/**
	 * Armeria with its weighted round robin and its retries.
	 */
	ARMERIA("Armeria, weighted RR + retry") {

		@Override
		public Client start(List<String> addresses, Timeouts timeouts) {
			return new ArmeriaClient(addresses, timeouts);
		}

	};

	private final String label;

	Peer(String label) {
		this.label = label;
	}

	/**
	 * Starts it.
	 * @param addresses the instances, {@code host:port}
	 * @param timeouts how long it waits
	 * @return the client, ready to call
	 */
	public abstract Client start(List<String> addresses, Timeouts timeouts);

	@Override
	public String toString() {
		return this.label;
	}

}
