package io.eas.deployment.reader;

import java.math.BigDecimal;

/**
 * The allowed type of a key's value.
 */
enum ValueType {

	/** Read and checked by a reader. */
	READ("", ""),

	/** Any value. */
	ANY("", ""),

	/** An object. */
	OBJECT("an object", "Write { … }."),

	/** An array. */
	ARRAY("an array", "Put it into [ and ]."),

	/** A text. */
	TEXT("a text", "Write one text in quotes."),

	/** {@code true} or {@code false}. */
	TRUTH("true or false", "Write true or false, without quotes."),

	/** A whole number. */
	WHOLE("a whole number", "Write digits only, without quotes"),

	/** A number. */
	NUMBER("a number", "Write digits only, without quotes");

	private final String words;

	private final String remedy;

	ValueType(String words, String remedy) {
		this.words = words;
		this.remedy = remedy;
	}

	/** Returns the type for people, such as "a text". */
	String words() {
		return this.words;
	}

	/** Returns the remedy for a value of another type: the value to write instead. */
	String remedy() {
		return this.remedy;
	}

	boolean accepts(LocatedValue value) {
		return switch (this) {
			case READ, ANY -> true;
			case OBJECT -> value instanceof LocatedValue.Members;
			case ARRAY -> value instanceof LocatedValue.Array;
			case TEXT -> value instanceof LocatedValue.Scalar scalar && scalar.value().isString();
			case TRUTH -> value instanceof LocatedValue.Scalar scalar && scalar.value().isBoolean();
			case NUMBER, WHOLE -> value instanceof LocatedValue.Scalar scalar && scalar.value().isNumber();
		};
	}

	boolean isNumber() {
		return this == WHOLE || this == NUMBER;
	}

	/**
	 * Returns whether a number is within the range of a key of this type. Numbers of any
	 * size are allowed, because they are only compared.
	 */
	boolean contains(BigDecimal number, long least, long most) {
		if (!isNumber()) {
			return true;
		}
		boolean digitsOnly = this != WHOLE || number.scale() == 0;
		return digitsOnly && number.compareTo(BigDecimal.valueOf(least)) >= 0
				&& number.compareTo(BigDecimal.valueOf(most)) <= 0;
	}

}
