package io.eas.emulator.net;

import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The ports that listeners may take, either on the loopback address or on all network
 * interfaces. Thread-safe.
 */
public final class PortPool {

	private static final String ALL_INTERFACES = "0.0.0.0";

	private final boolean allInterfaces;

	private final List<Integer> ports;

	private final Set<Integer> taken = new HashSet<>();

	/**
	 * Creates a pool.
	 * @param allInterfaces {@code true} for all network interfaces, {@code false} for the
	 * loopback address only
	 * @param ports the ports, of which the first free one is taken; 0 stands for any port
	 * that the system chooses
	 */
	public PortPool(boolean allInterfaces, List<Integer> ports) {
		this.allInterfaces = allInterfaces;
		this.ports = ports.stream().distinct().toList();
	}

	/**
	 * Returns a pool with one port of the loopback address.
	 * @param port the port; 0 for any port that the system chooses
	 * @return the pool
	 */
	public static PortPool loopback(int port) {
		return new PortPool(false, List.of(port));
	}

	/**
	 * Returns whether the ports are on all network interfaces.
	 * @return {@code false} if they are on the loopback address only
	 */
	public boolean onAllInterfaces() {
		return this.allInterfaces;
	}

	String host() {
		return this.allInterfaces ? ALL_INTERFACES : Loopback.HOST;
	}

	/**
	 * Reserves a port.
	 * @return the reservation, to be given back by the caller
	 * @throws UncheckedIOException if there is only one port, and it is taken
	 * @throws IllegalStateException if there are several ports, and all are taken
	 */
	synchronized PortReservation take() {
		UncheckedIOException failure = null;
		for (int port : this.ports) {
			if (!this.taken.contains(port)) {
				try {
					PortReservation reservation = PortReservation.of(host(), port);
					this.taken.add(reservation.port());
					return reservation;
				}
				catch (UncheckedIOException ex) {
					if (this.ports.size() == 1) {
						throw ex;
					}
					failure = ex;
				}
			}
		}
		throw new IllegalStateException("no port is left for another instance: " + describe(failure)
				+ "; give more ports, one more than there are instances for a rollout", failure);
	}

	private String describe(@Nullable UncheckedIOException failure) {
		if (this.ports.size() == 1) {
			return "port " + this.ports.get(0) + " is taken";
		}
		String range = this.ports.size() + " ports from " + Collections.min(this.ports) + " to "
				+ Collections.max(this.ports);
		return (failure == null) ? "all " + range + " are taken"
				: "none of the " + range + " is free (" + failure.getMessage() + ")";
	}

	synchronized void giveBack(PortReservation reservation) {
		reservation.release();
		this.taken.remove(reservation.port());
	}

}
