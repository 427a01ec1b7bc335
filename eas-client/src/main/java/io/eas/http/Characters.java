package io.eas.http;

/**
 * Which characters go over the wire as they are. Decides from values alone.
 */
public final class Characters {

	private Characters() {
	}

	/**
	 * The first character that no encoding carries, or that nobody means: half of a
	 * surrogate pair, or a control character.
	 * @return less than 0 if there is none
	 */
	public static int indexOfUnsendable(CharSequence text) {
		int index = indexOfLoneSurrogate(text);
		for (int i = 0; i < text.length() && index < 0; i++) {
			index = Character.isISOControl(text.charAt(i)) ? i : -1;
		}
		return index;
	}

	/**
	 * The first half of a surrogate pair without the other one, which is no character.
	 * @return less than 0 if there is none
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
	 * The first character that a header can't carry: Netty sends ASCII and a question
	 * mark for all else.
	 * @param value the value
	 * @return less than 0 if there is none
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
	 * A character by its number, and as it is where it can be shown.
	 * @param text the text
	 * @param index where in it
	 * @return words for a message
	 */
	public static String describe(CharSequence text, int index) {
		int point = Character.codePointAt(text, index);
		String number = "U+%04X".formatted(point);
		boolean shown = Character.isDefined(point) && !Character.isISOControl(point)
				&& Character.getType(point) != Character.SURROGATE && Character.getType(point) != Character.FORMAT;
		return shown ? "the character '" + Character.toString(point) + "' (" + number + ")" : "the character " + number;
	}

}
