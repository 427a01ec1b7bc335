package io.eas.properties;

import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * Exception thrown if a property has a value that can't be used. Contains no secrets: the
 * value of a token is never included.
 */
public class InvalidEasPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final String remedy;

	private final transient @Nullable Origin origin;

	/**
	 * Creates an exception without an origin.
	 * @param name the full name of the property
	 * @param value the value as the user writes it, for the message
	 * @param allowed the requirement, as the words that follow "must"
	 * @param remedy what the user can do, as a sentence
	 */
	public InvalidEasPropertyException(String name, String value, String allowed, String remedy) {
		this(name, value, allowed, remedy, null);
	}

	private InvalidEasPropertyException(String name, String value, String allowed, String remedy,
			@Nullable Origin origin) {
		super(name + " must " + allowed + ", was " + value);
		this.name = name;
		this.remedy = remedy;
		this.origin = origin;
	}

	/**
	 * Creates an exception for a setting of the client, with the name and the origin of
	 * the property.
	 * @param invalid the failure of the setting
	 * @param fullName the full name of the property in the configuration
	 * @param where the origin of the value, such as a line of a file, or null if it isn't
	 * known
	 * @return the exception to throw
	 */
	public static InvalidEasPropertyException of(InvalidSettingException invalid, String fullName,
			@Nullable Origin where) {
		InvalidEasPropertyException located = new InvalidEasPropertyException(fullName, invalid.value(),
				invalid.allowed(), invalid.remedy(), where);
		located.setStackTrace(invalid.getStackTrace());
		return located;
	}

	/**
	 * Returns the full name of the property.
	 * @return the name, such as {@code eas.services.mnist.discovery.interval}
	 */
	public String getName() {
		return this.name;
	}

	/**
	 * Returns what the user can do to correct the value.
	 * @return a sentence
	 */
	public String getRemedy() {
		return this.remedy;
	}

	/**
	 * Returns the origin of the value.
	 * @return the origin, such as a line of a file, or null if it isn't known
	 */
	public @Nullable Origin getOrigin() {
		return this.origin;
	}

}
