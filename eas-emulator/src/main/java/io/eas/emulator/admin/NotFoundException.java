package io.eas.emulator.admin;

/**
 * The path of a request names something that doesn't exist, which is answered with 404.
 */
public class NotFoundException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Stores the message.
	 * @param message what is missing, and what there is
	 */
	public NotFoundException(String message) {
		super(message);
	}

}
