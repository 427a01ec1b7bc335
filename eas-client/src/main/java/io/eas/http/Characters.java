package io.eas.http;

/**
 * Checks for characters that can't be sent unencoded. Stateless.
 */
public final class Characters {

	private Characters() {
	}

	/**
	 * Returns the index of the first character that can't be encoded or is certainly a
	 * mistake: an unpaired surrogate or a control character.
	 * @return the index, negative if there is none
	 */
	public static int indexOfUnsendable(CharSequence text) {
		int index = indexOfLoneSurrogate(text);
		for (int i = 0; i < text.length() && index < 0; i++) {
			index = Character.isISOControl(text.charAt(i)) ? i : -1;
		}
		return index;
	}

	/**
	 * Returns the index of the first unpaired surrogate, which is not a character.
	 * @return the index, negative if there is none
	 */
	public static int indexOfLoneSurrogate(CharSequence text) {
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (Character.isSurrogate(character)) {
				boolean pair = i + 1 < text.length() && Character.isSurrogatePair(character, text.charAt(i + 1));
				if (!pair) {
					return i;
				}
				i++;
			}
		}
		return -1;
	}

	/**
	 * Returns the index of the first character that is not allowed in a header value.
	 * Netty sends headers in ASCII and replaces all other characters by question marks.
	 * @param value the value
	 * @return the index, negative if there is none
	 */
	public static int indexOutsideHeader(CharSequence value) {
		for (int i = 0; i < value.length(); i++) {
			char character = value.charAt(i);
			if ((character < ' ' && character != '\t') || character > '~') {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Returns a description of a character for a message: its code point and, if it is
	 * printable, the character itself.
	 * @param text the text
	 * @param index the index of the character
	 * @return the description
	 */
	public static String describe(CharSequence text, int index) {
		int point = Character.codePointAt(text, index);
		String number = "U+%04X".formatted(point);
		boolean shown = Character.isDefined(point) && !Character.isISOControl(point)
				&& Character.getType(point) != Character.SURROGATE && Character.getType(point) != Character.FORMAT;
		return shown ? "the character '" + Character.toString(point) + "' (" + number + ")" : "the character " + number;
	}

}
