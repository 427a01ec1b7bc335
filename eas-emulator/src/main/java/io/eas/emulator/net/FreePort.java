package io.eas.emulator.net;

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

}
