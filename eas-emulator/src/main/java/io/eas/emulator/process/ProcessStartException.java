package io.eas.emulator.process;

/**
 * A process could not be started, or ended or stayed silent before it was ready. The
 * message is one line with the instance, the command, what happened and the last lines of
 * output.
 */
public class ProcessStartException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ProcessStartException(String message, Throwable cause) {
		super(message, cause);
	}

	/**
	 * Stores the message.
	 * @param message one line
	 */
	public ProcessStartException(String message) {
		super(message);
	}

}
