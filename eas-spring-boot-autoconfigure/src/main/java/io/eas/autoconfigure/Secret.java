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
	 * A secret from a property.
	 * @param value the value
	 * @return the secret, or null for an empty value
	 */
	public static Secret valueOf(String value) {
		return new Secret(value.strip());
	}

	String reveal() {
		return this.value;
	}

	@Override
	public String toString() {
		return "******";
	}

}
