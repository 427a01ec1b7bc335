package io.eas.emulator.net;

import java.io.UncheckedIOException;

/**
 * Finds ports for other processes to listen on.
 */
public final class FreePort {

	private FreePort() {
	}

	/**
	 * Returns a free port chosen by the system. The port is not reserved, so another
	 * process may take it at any time.
	 * @return a TCP port
	 */
	public static int find() {
		PortReservation reservation = PortReservation.of(Loopback.HOST, 0);
		reservation.release();
		return reservation.port();
	}

	/**
	 * Returns whether a port is in use.
	 * @param port a TCP port
	 * @return {@code true} if it is currently not possible to listen on the port
	 */
	public static boolean isTaken(int port) {
		try {
			PortReservation.of(Loopback.HOST, port).release();
			return false;
		}
		catch (UncheckedIOException ex) {
			return true;
		}
	}

}
