package io.eas.emulator.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a command in messages: its first words, without possible secrets and
 * without the script that is passed to a shell. The name ends before the first word that
 * may be a secret.
 */
final class CommandWords {

	private static final String MORE = "...";

	private static final int MOST_CHARACTERS = 100;

	private static final Pattern SHELL = Pattern.compile("(?:.*/)?(?:ba|da|z|k|a)?sh");

	/** An option such as {@code -lc}, which is followed by a script. */
	private static final Pattern SCRIPT = Pattern.compile("-[a-z]*c");

	private static final Pattern VARIABLE = Pattern.compile("(\\w+=)(.*)");

	private static final Pattern SECRET = Pattern.compile(
			"(-[\\w.-]*(?:token|secret|pass|pwd|credential|key|auth|bearer|cookie|user)[\\w.-]*)(?:(=)(.*))?",
			Pattern.CASE_INSENSITIVE);

	/** A word without quotes, shell operators or a user name. */
	private static final Pattern PLAIN = Pattern.compile("[\\w./:,=%+${}-]*");

	/** A long word of letters and digits, as in {@code hf_...}, which may be a secret. */
	private static final Pattern RANDOM = Pattern.compile("(?:.*=)?(?!-)(?=[\\w-]*\\d)(?=[\\w-]*[A-Za-z])[\\w-]{16,}");

	private final List<String> shown = new ArrayList<>();

	private CommandWords() {
	}

	/**
	 * Returns the name of a command.
	 * @param arguments the program and its arguments
	 * @return the first words, followed by {@code ...} if there are more
	 */
	static String of(List<String> arguments) {
		CommandWords words = new CommandWords();
		boolean whole = isScript(arguments) ? words.script(arguments) : words.command(arguments.iterator());
		return String.join(" ", words.shown) + (whole ? "" : " " + MORE);
	}

	private static boolean isScript(List<String> arguments) {
		return arguments.size() > 2 && SHELL.matcher(arguments.get(0)).matches()
				&& SCRIPT.matcher(arguments.get(1)).matches();
	}

	/**
	 * Adds the words of a shell's command. Of a script only the program is added. A
	 * command that begins with {@code exec} is not a script: the shell only splits it
	 * into words.
	 */
	private boolean script(List<String> arguments) {
		this.shown.addAll(arguments.subList(0, 2));
		String script = arguments.get(2).strip();
		List<String> words = Arrays.asList(script.split("\\s+"));
		if (!words.get(0).equals("exec")) {
			return program(words.get(0)) && words.size() == 1 && arguments.size() == 3;
		}
		return command(words.iterator()) && arguments.size() == 3;
	}

	private boolean program(String word) {
		boolean plain = isPlain(word) && !VARIABLE.matcher(word).matches();
		return plain && this.shown.add(word);
	}

	/**
	 * Adds words until the name is full or a word may be a secret. Returns whether all
	 * words were added.
	 */
	private boolean command(Iterator<String> words) {
		String before = "";
		while (words.hasNext()) {
			String word = words.next();
			if (isFull(word) || !add(word, words)) {
				return false;
			}
			if (SHELL.matcher(before).matches() && SCRIPT.matcher(word).matches()) {
				return !words.hasNext();
			}
			before = word;
		}
		return true;
	}

	private boolean isFull(String word) {
		return String.join(" ", this.shown).length() + word.length() > MOST_CHARACTERS;
	}

	/**
	 * Adds a word, with {@code ...} in place of a possible secret. Returns whether
	 * further words may be added.
	 */
	private boolean add(String word, Iterator<String> words) {
		Matcher variable = VARIABLE.matcher(word);
		if (variable.matches()) {
			return hide(variable.group(1) + MORE, variable.group(2));
		}
		Matcher secret = SECRET.matcher(word);
		if (!secret.matches()) {
			return isPlain(word) && this.shown.add(word);
		}
		if (secret.group(2) != null) {
			return hide(secret.group(1) + '=' + MORE, secret.group(3));
		}
		return hide(word, "") && words.hasNext() && hide(MORE, words.next());
	}

	private boolean hide(String instead, String hidden) {
		return this.shown.add(instead) && PLAIN.matcher(hidden).matches();
	}

	private static boolean isPlain(String word) {
		return PLAIN.matcher(word).matches() && !RANDOM.matcher(word).matches();
	}

}
