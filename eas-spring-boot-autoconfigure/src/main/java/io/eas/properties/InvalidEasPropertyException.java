package io.eas.properties;

import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * A property has a value that can't be used. Holds no secrets: a token is never the
 * value.
 */
public class InvalidEasPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final String remedy;

	private final transient @Nullable Origin origin;

	/**
	 * An invalid property.
	 * @param name its full name
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
		this.remedy = remedy;
		this.origin = origin;
	}

	/**
	 * A setting that can't be used, under the name and at the place that it has here.
	 * @param invalid the setting
	 * @param fullName its name in the configuration
	 * @param where the line of a file, or null if it isn't known
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
