package io.eas.benchmarks.clients;

import java.util.List;

/**
 * Other clients in common use, which are measured for comparison. Each calls a fixed list
 * of instances, makes at most three attempts, and has the same response timeout.
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
	 * Starts the peer.
	 * @param addresses the instances, {@code host:port}
	 * @param timeouts the timeouts of the client
	 * @return the client, ready to call
	 */
	public abstract Client start(List<String> addresses, Timeouts timeouts);

	@Override
	public String toString() {
		return this.label;
	}

}
