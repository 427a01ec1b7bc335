package io.eas.emulator.net;

import java.io.UncheckedIOException;

/**
 * A port for somebody else to listen on.
 */
public final class FreePort {

	private FreePort() {
	}

	/**
	 * Lets the system choose. The port is free when this returns, and nothing keeps it
	 * so.
	 * @return a port that nobody listened on
	 */
	public static int find() {
		PortReservation reservation = PortReservation.of(0);
		reservation.release();
		return reservation.port();
	}

	/**
	 * Whether somebody has it.
	 * @param port a TCP port
	 * @return {@code true} if nobody else could listen on it now
	 */
	public static boolean isTaken(int port) {
		try {
			PortReservation.of(port).release();
			return false;
		}
		catch (UncheckedIOException ex) {
			return true;
		}
	}

}
