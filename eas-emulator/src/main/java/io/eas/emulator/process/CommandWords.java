package io.eas.emulator.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command as messages name it: by its first words, without what may be a secret, and
 * without the script that a shell is given. Where it isn't sure that a word is none, it
 * ends.
 */
final class CommandWords {

	private static final String MORE = "...";

	private static final int MOST_CHARACTERS = 100;

	private static final Pattern SHELL = Pattern.compile("(?:.*/)?(?:ba|da|z|k|a)?sh");

	/** Such as {@code -lc}; what follows is a script. */
	private static final Pattern SCRIPT = Pattern.compile("-[a-z]*c");

	private static final Pattern VARIABLE = Pattern.compile("(\\w+=)(.*)");

	private static final Pattern SECRET = Pattern.compile(
			"(-[\\w.-]*(?:token|secret|pass|pwd|credential|key|auth|bearer|cookie|user)[\\w.-]*)(?:(=)(.*))?",
			Pattern.CASE_INSENSITIVE);

	/** Neither quoted, nor an operator of a shell, nor with a user's name. */
	private static final Pattern PLAIN = Pattern.compile("[\\w./:,=%+${}-]*");

	/** Letters and digits, as in {@code hf_...}. */
	private static final Pattern RANDOM = Pattern.compile("(?:.*=)?(?!-)(?=[\\w-]*\\d)(?=[\\w-]*[A-Za-z])[\\w-]{16,}");

	private final List<String> shown = new ArrayList<>();

	private CommandWords() {
	}

	/**
	 * Names a command.
	 * @param arguments the program with its arguments
	 * @return the first words, which {@code ...} follows if there are more
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

	/** A command that a shell only splits into words is no script. */
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

	/** Whether these are all words. */
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

	/** Whether what follows can be told from a secret. */
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
