package io.eas.emulator.cli;

import java.io.Writer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Passes each line on once it is complete; a very long line is passed on in parts. Lines
 * keep their colors; other control characters are left out. Thread-safe if the consumer
 * is.
 */
final class LineWriter extends Writer {

	/** The maximum number of buffered characters of an incomplete line. */
	static final int LONGEST = 8192;

	/**
	 * A control sequence other than {@code ESC [ … m}, or the beginning of another one.
	 */
	private static final Pattern OTHER_SEQUENCE = Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-ln-~]|(?!\\[[0-9;]*m))");

	private final Consumer<String> lines;

	private final StringBuilder line = new StringBuilder();

	LineWriter(Consumer<String> lines) {
		this.lines = lines;
	}

	@Override
	public void write(char[] text, int offset, int length) {
		synchronized (this.lock) {
			for (int i = offset; i < offset + length; i++) {
				if (text[i] != '\n') {
					this.line.append(text[i]);
				}
				if (text[i] == '\n' || this.line.length() == LONGEST) {
					passOn();
				}
			}
		}
	}

	private void passOn() {
		String complete = this.line.toString();
		this.line.setLength(0);
		this.lines.accept(withoutControls(complete));
	}

	/**
	 * Removes all control characters except tabs and the escape sequences that set
	 * colors.
	 */
	private static String withoutControls(String text) {
		return OTHER_SEQUENCE.matcher(text)
			.replaceAll("")
			.codePoints()
			.filter((each) -> each == '\t' || each == '\u001b' || !Character.isISOControl(each))
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	@Override
	public void flush() {
		// a line is passed on as a whole
	}

	/**
	 * Passes on the incomplete line, if any. Does not close the consumer of the lines.
	 */
	@Override
	public void close() {
		synchronized (this.lock) {
			if (!this.line.isEmpty()) {
				passOn();
			}
		}
	}

}
