package io.eas.properties;

import org.jspecify.annotations.Nullable;

/** A secret value that is masked in {@link #toString}. Immutable. */
public final class Secret {

	private final String value;

	private Secret(String value) {
		this.value = value;
	}

	/**
	 * Creates a secret from the value of a property. Called by Spring Boot's binder.
	 * @param value the value; leading and trailing white space is removed
	 * @return the secret
	 */
	public static Secret valueOf(String value) {
		return new Secret(value.strip());
	}

	/**
	 * Returns whether the value is empty.
	 * @return true if there is nothing to hide
	 */
	public boolean isEmpty() {
		return this.value.isEmpty();
	}

	/**
	 * Returns the plain value, which must not appear in logs or messages.
	 * @return the value
	 */
	public String reveal() {
		return this.value;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Secret that && this.value.equals(that.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public String toString() {
		return "******";
	}

}
