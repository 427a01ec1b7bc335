package io.eas.emulator.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes other ports into commands and variables, where a number is a port without doubt:
 * the value of an option or a variable whose name says so, and what follows the loopback
 * address.
 *
 * @param ports by the port that is written, the one to write instead
 */
public record PortRewriter(Map<Integer, Integer> ports) {

	private static final String NAME = "[\\w.-]*(?:port|bind|listen|addr|http|url|host)[\\w.-]*";

	private static final String PORT = "(\\d{1,5})(?![\\w.:-])";

	/** An option with its value, or an assignment; the value may begin with a host. */
	private static final Pattern OPTION = Pattern.compile("(?<![\\w.-])((?:-{1,2}" + NAME + "(?:=|\\s+)|-[pb]\\s*|"
			+ NAME + "=)[\"']?(?:(?:[a-z]+://)?(?:\\[[0-9a-f:.]*]|[\\w.*-]*):)?)" + PORT, Pattern.CASE_INSENSITIVE);

	private static final Pattern ADDRESS = Pattern
		.compile("(?<![\\w.-])((?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1]|::1)(?::|\\s+))" + PORT);

	/**
	 * Copies.
	 */
	public PortRewriter {
		ports = Map.copyOf(ports);
	}

	/**
	 * The port to be asked.
	 * @param port one that is written
	 * @return the one instead, or the same
	 */
	public int port(int port) {
		return this.ports.getOrDefault(port, port);
	}

	/**
	 * Rewrites the options and assignments of a command or script.
	 * @param text the command
	 * @return the command with other ports
	 */
	public String command(String text) {
		return rewrite(OPTION, text);
	}

	/**
	 * Rewrites the value of a variable: a port, or options.
	 * @param name its name
	 * @param value its value
	 * @return the value with other ports
	 */
	String variable(String name, String value) {
		String prefix = name + '=';
		return command(prefix + value).substring(prefix.length());
	}

	/**
	 * Rewrites the options, and the addresses of this machine, in a program's arguments.
	 * @param arguments the program and its arguments
	 * @return the same with other ports
	 */
	public List<String> arguments(List<String> arguments) {
		List<String> all = new ArrayList<>();
		String before = "";
		for (String argument : arguments) {
			// an option, or a host, may be an argument of its own
			all.add(argument(before + ' ' + argument).substring(argument(before).length() + 1));
			before = argument;
		}
		return all;
	}

	private String argument(String text) {
		return rewrite(ADDRESS, rewrite(OPTION, text));
	}

	private String rewrite(Pattern pattern, String text) {
		return pattern.matcher(text).replaceAll((found) -> Matcher.quoteReplacement(rewritten(found)));
	}

	private String rewritten(MatchResult found) {
		return found.group(1) + port(Integer.parseInt(found.group(2)));
	}

}
