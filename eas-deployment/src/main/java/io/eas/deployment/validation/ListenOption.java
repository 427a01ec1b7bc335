package io.eas.deployment.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a command line says about where its program listens, by the options that the usual
 * servers have for it: Spring Boot, uvicorn, gunicorn, Flask, Django, vLLM, SGLang,
 * Triton, TensorFlow Serving, Gradio, Streamlit.
 *
 * @param command which command of the line, counted from 0; those of a pipe count as one
 * @param last whether it is the last one, the one that a script leaves running
 * @param name the option, or the word before an address
 * @param host the address; {@code null} if it says none
 * @param port the port; {@code null} if it says none
 */
record ListenOption(int command, boolean last, String name, @Nullable String host, @Nullable Integer port) {

	private static final Set<String> HOSTS = Set.of("--host", "--hostname", "--server.address", "-Dserver.address",
			"--server-name", "--server_name", "--server-address", "--http-host", "--http_host", "--ip");

	private static final Set<String> PORTS = Set.of("--port", "-p", "--server.port", "-Dserver.port", "--server-port",
			"--server_port", "--http-port", "--http_port", "--rest_api_port", "--listen-port", "--listen_port");

	/** Variables with further options in them. */
	private static final Set<String> OPTION_VARIABLES = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS",
			"GUNICORN_CMD_ARGS");

	/** Options, and words, that a host with a port follows. */
	private static final Set<String> BOTH = Set.of("--bind", "-b", "--listen", "--http", "--http-socket", "--urls",
			"runserver", "http.server");

	private static final Set<String> HOST_VARIABLES = Set.of("HOST", "SERVER_ADDRESS", "UVICORN_HOST", "FLASK_RUN_HOST",
			"GRADIO_SERVER_NAME", "STREAMLIT_SERVER_ADDRESS");

	private static final Set<String> PORT_VARIABLES = Set.of("PORT", "SERVER_PORT", "UVICORN_PORT", "FLASK_RUN_PORT",
			"GRADIO_SERVER_PORT", "STREAMLIT_SERVER_PORT");

	/** Programs that listen on the loopback address unless they are told otherwise. */
	private static final List<String> LOOPBACK_BY_DEFAULT = List.of("uvicorn", "flask", "sglang.launch_server");

	private static final String DEFAULT_OF = "the default of ";

	private static final Pattern SOCKET = Pattern.compile("--(uds|fd|unix[-_]socket)(=.*)?");

	private static final Pattern ADDRESS = Pattern.compile("(?:[a-z]+://)?(\\[[^]]*]|[^:/]*)(?::(\\d{1,5}))?/?");

	private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[?(0{0,4}:)*:?0{0,3}1]?",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

	/** Below, -p and -b mean other things, such as a number of processes. */
	private static final int LEAST_OF_SHORT = 1024;

	private static final Pattern SHELL = Pattern.compile("(\\S*/)?(ba|da|z|k|a)?sh");

	private static final Pattern SCRIPT = Pattern.compile("-[a-z]*c");

	private static final Pattern END = Pattern.compile("[;&|]+$");

	/**
	 * Reads a command line, or a script.
	 * @param line the line
	 * @return what it says, in order
	 */
	static List<ListenOption> in(String line) {
		List<List<String>> commands = commands(words(line));
		List<ListenOption> options = new ArrayList<>();
		for (int i = 0; i < commands.size(); i++) {
			List<ListenOption> said = ofCommand(i, i == commands.size() - 1, commands.get(i));
			options.addAll(said);
			if (said.stream().allMatch((option) -> option.host() == null)) {
				options.addAll(assumed(i, i == commands.size() - 1, commands.get(i)));
			}
		}
		return options;
	}

	private static List<ListenOption> ofCommand(int command, boolean last, List<String> words) {
		List<ListenOption> options = new ArrayList<>();
		for (int i = 0; i < words.size(); i++) {
			String word = words.get(i);
			String next = (i + 1 < words.size()) ? words.get(i + 1) : "";
			int equals = word.startsWith("-") ? word.indexOf('=') : -1;
			String name = (word.equals("-h") && words.contains("flask")) ? "--host" : word;
			Stream
				.ofNullable((equals > 0) ? of(command, last, word.substring(0, equals), word.substring(equals + 1))
						: of(command, last, name, next))
				.forEach(options::add);
		}
		return options;
	}

	private static List<ListenOption> assumed(int command, boolean last, List<String> words) {
		boolean socket = words.stream().anyMatch((word) -> SOCKET.matcher(word).matches());
		return LOOPBACK_BY_DEFAULT.stream()
			.filter((program) -> !socket && words.stream().anyMatch((word) -> word.matches("(.*/)?" + program)))
			.map((program) -> new ListenOption(command, last, DEFAULT_OF + program, "127.0.0.1", null))
			.toList();
	}

	/** The commands of a script; those of a pipe count as one. */
	private static List<List<String>> commands(List<String> words) {
		List<List<String>> commands = new ArrayList<>();
		List<String> command = new ArrayList<>();
		for (String word : words) {
			String bare = END.matcher(word).replaceFirst("");
			if (!bare.isEmpty()) {
				command.add(bare);
			}
			boolean pipe = word.endsWith("|") && !word.endsWith("||");
			if (!bare.equals(word) && !pipe && !command.isEmpty()) {
				commands.add(command);
				command = new ArrayList<>();
			}
		}
		if (!command.isEmpty()) {
			commands.add(command);
		}
		return commands;
	}

	/**
	 * Reads an environment variable.
	 * @param name its name
	 * @param value its value
	 * @return empty if it says nothing about where a program listens
	 */
	static List<ListenOption> ofVariable(String name, String value) {
		String text = value.strip();
		if (OPTION_VARIABLES.contains(name)) {
			return in(text).stream().map((each) -> new ListenOption(0, true, name, each.host, each.port)).toList();
		}
		if (HOST_VARIABLES.contains(name)) {
			return List.of(new ListenOption(0, true, name, text, null));
		}
		return (PORT_VARIABLES.contains(name) && NUMBER.matcher(text).matches())
				? List.of(new ListenOption(0, true, name, null, Integer.valueOf(text))) : List.of();
	}

	/** Whether nobody wrote it. */
	boolean isAssumed() {
		return this.name.startsWith(DEFAULT_OF);
	}

	boolean isLoopback() {
		return this.host != null && LOOPBACK.matcher(this.host).matches();
	}

	/**
	 * The words of a line, a shell's script taken apart too.
	 */
	static List<String> words(String line) {
		List<String> words = new ArrayList<>();
		boolean shell = false;
		boolean script = false;
		for (String word : Unquoted.words(line)) {
			if (script) {
				words.addAll(words(word));
			}
			else {
				words.add(word);
			}
			script = shell && SCRIPT.matcher(word).matches();
			shell = SHELL.matcher(word).matches() || (shell && word.startsWith("-") && !script);
		}
		return words;
	}

	private static @Nullable ListenOption of(int command, boolean last, String name, String value) {
		if (HOSTS.contains(name) || BOTH.contains(name)) {
			return ofAddress(command, last, name, value);
		}
		boolean port = PORTS.contains(name) && NUMBER.matcher(value).matches()
				&& (!name.equals("-p") || Integer.parseInt(value) >= LEAST_OF_SHORT);
		return port ? new ListenOption(command, last, name, null, Integer.valueOf(value)) : null;
	}

	private static @Nullable ListenOption ofAddress(int command, boolean last, String name, String value) {
		if (NUMBER.matcher(value).matches()) {
			return (name.equals("-b") || HOSTS.contains(name)) ? null
					: new ListenOption(command, last, name, null, Integer.valueOf(value));
		}
		if (value.isEmpty() || value.startsWith("-")) {
			return null;
		}
		Matcher address = ADDRESS.matcher(value);
		if (LOOPBACK.matcher(value).matches() || !address.matches()) { // as ::1 and ::
			return HOSTS.contains(name) || LOOPBACK.matcher(value).matches()
					? new ListenOption(command, last, name, value, null) : null;
		}
		String port = address.group(2);
		return new ListenOption(command, last, name, address.group(1), (port != null) ? Integer.valueOf(port) : null);
	}

}
