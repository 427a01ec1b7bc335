package io.eas.deployment.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.eas.deployment.validation.Unquoted.Word;
import org.jspecify.annotations.Nullable;

/**
 * A simple command of a command line or a script: one program with its arguments.
 *
 * @param pipe the number of its pipeline, from 0; most pipelines consist of one command
 * @param last whether it is in the last pipeline, which a script leaves running
 * @param conditional whether it is in a branch of {@code if} or {@code case}
 * @param words all words, also those before the program
 */
record ShellCommand(int pipe, boolean last, boolean conditional, List<String> words) {

	/** A placeholder for the command of an option that an environment variable sets. */
	static final ShellCommand NONE = new ShellCommand(0, true, false, List.of());

	private static final Set<String> PIPE = Set.of("|", "|&");

	private static final Set<String> OPENING = Set.of("if", "case");

	private static final Set<String> CLOSING = Set.of("fi", "esac");

	/** Reserved words of the shell that precede or end a command. */
	private static final Set<String> RESERVED = Set.of("if", "then", "elif", "else", "fi", "esac", "while", "until",
			"do", "done", "{", "}", "!");

	/**
	 * Programs that start another program, mapped to their options that take a value.
	 */
	private static final Map<String, Set<String>> STARTERS = Map.ofEntries(Map.entry("exec", Set.of("-a")),
			Map.entry("env", Set.of("-u", "-C")), Map.entry("command", Set.of()), Map.entry("nohup", Set.of()),
			Map.entry("time", Set.of()), Map.entry("setsid", Set.of()), Map.entry("sudo", Set.of("-u", "-g")),
			Map.entry("nice", Set.of("-n")), Map.entry("timeout", Set.of("-s", "-k")),
			Map.entry("stdbuf", Set.of("-i", "-o", "-e")), Map.entry("tini", Set.of()),
			Map.entry("dumb-init", Set.of()), Map.entry("conda", Set.of("-n", "--name", "-p", "--prefix", "--cwd")),
			Map.entry("mamba", Set.of("-n", "--name", "-p", "--prefix", "--cwd")), Map.entry("poetry", Set.of()),
			Map.entry("pipenv", Set.of()), Map.entry("uv", Set.of("-p", "--python", "--with", "--env-file")),
			Map.entry("npx", Set.of()), Map.entry("ddtrace-run", Set.of()),
			Map.entry("opentelemetry-instrument", Set.of()));

	private static final Set<String> OPTIONS_OF_PYTHON = Set.of("-X", "-W");

	private static final Set<String> OPTIONS_OF_SHELL = Set.of("-o", "-eo", "-euo", "-exo", "-euxo");

	private static final Pattern PYTHON = Pattern.compile("python[0-9.]*");

	private static final Pattern SHELL = Pattern.compile("(ba|da|z|k|a)?sh");

	private static final Pattern SCRIPT = Pattern.compile("-[a-z]*c");

	private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*=.*", Pattern.DOTALL);

	/** A duration, such as the argument of {@code timeout}. */
	private static final Pattern DURATION = Pattern.compile("[0-9.]+[smhd]?");

	/**
	 * Splits a command line or a script into commands, including the script that a shell
	 * gets with {@code -c}.
	 * @param line the line
	 * @return the commands in order
	 */
	static List<ShellCommand> in(String line) {
		List<ShellCommand> commands = new ArrayList<>();
		List<String> words = new ArrayList<>();
		int pipe = 0;
		int branches = 0;
		List<Word> all = new ArrayList<>(script(line));
		all.add(new Word(";", true));
		for (Word word : all) {
			if (!word.operator()) {
				words.add(word.text());
				continue;
			}
			branches += branches(words);
			if (!RESERVED.containsAll(words)) {
				commands.add(new ShellCommand(pipe, false, branches > 0, List.copyOf(words)));
			}
			pipe += (words.isEmpty() || PIPE.contains(word.text())) ? 0 : 1;
			words.clear();
		}
		return commands.stream().map((command) -> command.in(commands)).toList();
	}

	/**
	 * Returns all words of a line, including those of comments and of a script that a
	 * shell gets with {@code -c}.
	 * @param line the line
	 * @return the words
	 */
	static List<String> words(String line) {
		List<String> words = new ArrayList<>();
		ScriptArgument argument = new ScriptArgument();
		for (String word : Unquoted.words(line)) {
			words.addAll(argument.isNext(word) ? words(word) : List.of(word));
		}
		return words;
	}

	private static List<Word> script(String line) {
		List<Word> words = new ArrayList<>();
		ScriptArgument argument = new ScriptArgument();
		for (Word word : Unquoted.script(line)) {
			words.addAll(argument.isNext(word.text()) ? script(word.text()) : List.of(word));
		}
		return words;
	}

	/**
	 * Returns the change of the number of open branches by the reserved words before a
	 * command.
	 */
	private static int branches(List<String> words) {
		int open = 0;
		for (String word : words) {
			open += OPENING.contains(word) ? 1 : CLOSING.contains(word) ? -1 : 0;
			if (!RESERVED.contains(word)) {
				break;
			}
		}
		return open;
	}

	private ShellCommand in(List<ShellCommand> all) {
		return new ShellCommand(this.pipe, this.pipe == all.get(all.size() - 1).pipe, this.conditional, this.words);
	}

	/**
	 * Returns the program that finally runs, skipping {@code exec}, {@code env},
	 * {@code python -m} and the like.
	 * @return the program without its directory, or a module; empty if there is none
	 */
	String program() {
		boolean started = false;
		Set<String> valued = Set.of();
		for (int i = 0; i < this.words.size(); i++) {
			String word = this.words.get(i);
			Set<String> starter = starter(base(word));
			boolean argument = started
					&& (word.startsWith("-") || word.equals("run") || DURATION.matcher(word).matches());
			if (argument) {
				i += valued.contains(word) ? 1 : 0;
			}
			else if (starter != null) {
				started = true;
				valued = starter;
			}
			else if (!RESERVED.contains(word) && !ASSIGNMENT.matcher(word).matches()) {
				return base(word);
			}
		}
		return "";
	}

	private static @Nullable Set<String> starter(String name) {
		if (PYTHON.matcher(name).matches()) {
			return OPTIONS_OF_PYTHON;
		}
		return SHELL.matcher(name).matches() ? OPTIONS_OF_SHELL : STARTERS.get(name);
	}

	private static String base(String word) {
		return word.substring(word.lastIndexOf('/') + 1);
	}

	/** Recognizes, word by word, the script that a shell gets with {@code -c}. */
	private static final class ScriptArgument {

		private boolean shell;

		private boolean valued;

		private boolean next;

		boolean isNext(String word) {
			boolean script = this.next;
			this.next = this.shell && SCRIPT.matcher(word).matches();
			this.shell = SHELL.matcher(base(word)).matches()
					|| (this.shell && !script && (this.valued || word.startsWith("-")));
			this.valued = this.shell && OPTIONS_OF_SHELL.contains(word);
			return script;
		}

	}

}
