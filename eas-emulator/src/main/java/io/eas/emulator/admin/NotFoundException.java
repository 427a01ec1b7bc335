package io.eas.emulator.admin;

/**
 * Thrown if the path of a request names something that doesn't exist. The response has
 * status 404.
 */
public class NotFoundException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message names the object that doesn't exist, and the existing names
	 */
	public NotFoundException(String message) {
		super(message);
	}

}
