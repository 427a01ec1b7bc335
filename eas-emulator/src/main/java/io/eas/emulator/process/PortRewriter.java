package io.eas.emulator.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces ports in commands and variables where a number certainly is a port of this
 * machine: in the value of an option or a variable whose name ends in "port", and after
 * an address of this machine. The ports of other hosts stay unchanged.
 *
 * @param ports the new ports by old port
 */
public record PortRewriter(Map<Integer, Integer> ports) {

	/** A name whose last word is "port", unlike "export" or "transport". */
	private static final String PORT_NAME = "(?:[\\w.-]*(?:[._-]|(?-i:[a-z\\d](?=P))))?port[_-]?\\d*";

	private static final String ADDRESS_NAME = "[\\w.-]*(?:port|bind|listen|addr|http|url|host)[\\w.-]*";

	private static final String LOOPBACK = "localhost|127(?:\\.\\d{1,3}){1,3}|\\[::1]";

	private static final String HOST = "(?:" + LOOPBACK + "|0\\.0\\.0\\.0|\\[::]|::|[*+])?";

	/** An option or an assignment whose value is a port. */
	private static final String ALONE = "(?:-{1,2}D?" + PORT_NAME + "(?:=|\\s+)|-p\\s*|" + PORT_NAME + "=)[\"']?";

	/** An option or an assignment whose value is an address of this machine. */
	private static final String ADDRESS = "(?:-{1,2}" + ADDRESS_NAME + "(?:=|\\s+)|-[pb]\\s*|" + ADDRESS_NAME
			+ "=)[\"']?(?:[a-z][a-z\\d+.-]*://)?" + HOST + ":";

	/** An address of this machine as it appears in the arguments of a client. */
	private static final String ASKED = "(?:" + LOOPBACK + "|0\\.0\\.0\\.0|\\[::]|::1)(?::|\\s+)|/dev/tcp/(?:"
			+ LOOPBACK + "|0\\.0\\.0\\.0|::1)/";

	private static final Pattern OF_COMMANDS = port(ALONE, ADDRESS);

	private static final Pattern OF_CHECKS = port(ALONE, ADDRESS, ASKED);

	private static final Pattern ADDRESSED = port(ADDRESS, ASKED);

	/**
	 * Copies the ports.
	 */
	public PortRewriter {
		ports = Map.copyOf(ports);
	}

	private static Pattern port(String... before) {
		return Pattern.compile("(?<![\\w.-])(" + String.join("|", before) + ")(\\d{1,5})(?![\\w.:-])",
				Pattern.CASE_INSENSITIVE);
	}

	/**
	 * Returns the ports of this machine to which a program is told to connect.
	 * @param arguments the program and its arguments
	 * @return the ports that follow an address of this machine
	 */
	public static Set<Integer> addressed(List<String> arguments) {
		return ADDRESSED.matcher(String.join(" ", arguments))
			.results()
			.map((found) -> Integer.valueOf(found.group(2)))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Returns the port that replaces another one.
	 * @param port the old port
	 * @return the new port; the same port if it isn't replaced
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
		return rewrite(OF_COMMANDS, text);
	}

	/**
	 * Rewrites the value of a variable, which is a port or contains options.
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
	 * @return the arguments with other ports
	 */
	public List<String> arguments(List<String> arguments) {
		List<String> all = new ArrayList<>();
		String before = "";
		for (String argument : arguments) {
			// the option or the host before a port may be an argument of its own
			all.add(argument(before + ' ' + argument).substring(argument(before).length() + 1));
			before = argument;
		}
		return all;
	}

	private String argument(String text) {
		return rewrite(OF_CHECKS, text);
	}

	private String rewrite(Pattern pattern, String text) {
		return pattern.matcher(text).replaceAll((found) -> Matcher.quoteReplacement(rewritten(found)));
	}

	private String rewritten(MatchResult found) {
		return found.group(1) + port(Integer.parseInt(found.group(2)));
	}

}
