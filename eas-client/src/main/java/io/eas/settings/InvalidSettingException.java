package io.eas.settings;

import java.util.function.Supplier;

/**
 * Exception thrown if a setting has an invalid value. Contains no secrets: the value is
 * never a token.
 */
public final class InvalidSettingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final String value;

	private final String allowed;

	private final String remedy;

	/**
	 * Creates an exception.
	 * @param name the name of the setting in a configuration, such as
	 * {@code connect-timeout}, relative to the settings being checked
	 * @param value the value, as written in a configuration
	 * @param allowed the allowed values, as a continuation of "must"
	 * @param remedy the remedy, as a sentence
	 */
	public InvalidSettingException(String name, String value, String allowed, String remedy) {
		super(name + " must " + allowed + ", was " + value + ". " + remedy);
		this.name = name;
		this.value = value;
		this.allowed = allowed;
		this.remedy = remedy;
	}

	/**
	 * Creates a group of settings. If a value is invalid, the name of the group is added
	 * to the name of the setting.
	 * @param group the name of the group, such as {@code http}
	 * @param settings creates and checks the settings
	 * @param <T> the type of the settings
	 * @return the settings
	 * @throws InvalidSettingException if a value is invalid; the name of the setting
	 * includes that of the group
	 */
	public static <T> T within(String group, Supplier<T> settings) {
		try {
			return settings.get();
		}
		catch (InvalidSettingException ex) {
			throw ex.named(group + "." + ex.name());
		}
	}

	/**
	 * Returns this exception with another name of the setting.
	 * @param fullName the name that the user knows
	 * @return an exception with the same stack trace
	 */
	public InvalidSettingException named(String fullName) {
		InvalidSettingException named = new InvalidSettingException(fullName, this.value, this.allowed, this.remedy);
		named.setStackTrace(getStackTrace());
		return named;
	}

	/**
	 * Returns the name of the setting.
	 * @return the name, such as {@code http.connect-timeout}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the invalid value.
	 * @return the value, as written in a configuration
	 */
	public String value() {
		return this.value;
	}

	/**
	 * Returns the allowed values.
	 * @return the text that follows "must"
	 */
	public String allowed() {
		return this.allowed;
	}

	/**
	 * Returns the remedy.
	 * @return a sentence
	 */
	public String remedy() {
		return this.remedy;
	}

}
