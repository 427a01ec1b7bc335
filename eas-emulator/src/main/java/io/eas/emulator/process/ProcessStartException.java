package io.eas.emulator.process;

/**
 * Thrown if a process can't be started, ends before it is ready, or is not ready in time.
 * The message is one line with the instance, the command, what happened and the last
 * lines of output.
 */
public class ProcessStartException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ProcessStartException(String message, Throwable cause) {
		super(message, cause);
	}

	/**
	 * Creates an exception.
	 * @param message a message of one line
	 */
	public ProcessStartException(String message) {
		super(message);
	}

}
