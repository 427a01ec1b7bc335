package io.eas.settings;

import java.util.function.Supplier;

/**
 * A setting has a value that can't be used. Holds no secrets: a token is never the value.
 */
public final class InvalidSettingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final String value;

	private final String allowed;

	private final String remedy;

	/**
	 * An invalid setting.
	 * @param name its name as in a configuration, such as {@code connect-timeout};
	 * relative to the settings that are being checked
	 * @param value the value as people write it
	 * @param allowed what it must be, after "must"
	 * @param remedy what to do, a sentence
	 */
	public InvalidSettingException(String name, String value, String allowed, String remedy) {
		super(name + " must " + allowed + ", was " + value + ". " + remedy);
		this.name = name;
		this.value = value;
		this.allowed = allowed;
		this.remedy = remedy;
	}

	/**
	 * Checks a group of settings.
	 * @param group the name of the group, such as {@code http}
	 * @param settings makes the settings, which checks them
	 * @param <T> the type of the settings
	 * @return the settings
	 * @throws InvalidSettingException if one can't be used, named with its group
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
	 * The same under another name.
	 * @param fullName where the setting was found, as its user knows it
	 * @return an exception with the same stack trace
	 */
	public InvalidSettingException named(String fullName) {
		InvalidSettingException named = new InvalidSettingException(fullName, this.value, this.allowed, this.remedy);
		named.setStackTrace(getStackTrace());
		return named;
	}

	/**
	 * The name of the setting.
	 * @return such as {@code http.connect-timeout}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The value.
	 * @return as people write it
	 */
	public String value() {
		return this.value;
	}

	/**
	 * What the value must be.
	 * @return what follows "must"
	 */
	public String allowed() {
		return this.allowed;
	}

	/**
	 * What to do.
	 * @return a sentence
	 */
	public String remedy() {
		return this.remedy;
	}

}
