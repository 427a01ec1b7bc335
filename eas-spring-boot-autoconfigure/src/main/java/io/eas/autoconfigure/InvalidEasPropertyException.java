package io.eas.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * A property has a value that can't be used. Holds no secrets: a token is never the
 * value.
 */
public class InvalidEasPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final String value;

	private final String allowed;

	private final String remedy;

	private final transient @Nullable Origin origin;

	/**
	 * An invalid property.
	 * @param name its name, full, or where it is thrown relative to what is being bound
	 * @param value the value as people write it
	 * @param allowed what it must be, after "must"
	 * @param remedy what to do
	 */
	public InvalidEasPropertyException(String name, String value, String allowed, String remedy) {
		this(name, value, allowed, remedy, null);
	}

	private InvalidEasPropertyException(String name, String value, String allowed, String remedy,
			@Nullable Origin origin) {
		super(name + " must " + allowed + ", was " + value);
		this.name = name;
		this.value = value;
		this.allowed = allowed;
		this.remedy = remedy;
		this.origin = origin;
	}

	InvalidEasPropertyException at(String fullName, @Nullable Origin where) {
		InvalidEasPropertyException located = new InvalidEasPropertyException(fullName, this.value, this.allowed,
				this.remedy, where);
		located.setStackTrace(getStackTrace());
		return located;
	}

	/**
	 * The name of the property.
	 * @return such as {@code eas.services.mnist.discovery.interval}
	 */
	public String getName() {
		return this.name;
	}

	/**
	 * What to do.
	 * @return a sentence
	 */
	public String getRemedy() {
		return this.remedy;
	}

	/**
	 * Where the value was read.
	 * @return such as a line of a file, or null if it isn't known
	 */
	public @Nullable Origin getOrigin() {
		return this.origin;
	}

}
