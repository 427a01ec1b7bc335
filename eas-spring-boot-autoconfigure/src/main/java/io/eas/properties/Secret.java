package io.eas.properties;

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

	/**
	 * Whether there is nothing to hide.
	 * @return true for an empty value
	 */
	public boolean isEmpty() {
		return this.value.isEmpty();
	}

	/**
	 * The value itself.
	 * @return for nobody else to see
	 */
	public String reveal() {
		return this.value;
	}

	@Override
	public String toString() {
		return "******";
	}

}
