package io.eas.autoconfigure;

/**
 * A value that shows itself to nobody but who asks for it.
 */
public final class Secret {

	private final String value;

	private Secret(String value) {
		this.value = value;
	}

	/**
	 * A secret from a property. White space around it is cut off.
	 * @param value the value
	 * @return the secret
	 */
	public static Secret valueOf(String value) {
		return new Secret(value.strip());
	}

	boolean isEmpty() {
		return this.value.isEmpty();
	}

	String reveal() {
		return this.value;
	}

	@Override
	public String toString() {
		return "******";
	}

}
