package io.eas.deployment.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * An option of a command line that sets the address or port on which a program listens.
 * The options of common servers are known: Spring Boot, uvicorn, gunicorn, Flask, Django,
 * vLLM, SGLang, Triton, TensorFlow Serving, Gradio, Streamlit.
 *
 * @param command the command with the option
 * @param name the option, or the word before an address
 * @param host the address; {@code null} if the option sets none
 * @param port the port; {@code null} if the option sets none
 */
record ListenOption(ShellCommand command, String name, @Nullable String host, @Nullable Integer port) {

	private static final Set<String> HOSTS = Set.of("--host", "--hostname", "--server.address", "-Dserver.address",
			"--server-name", "--server_name", "--server-address", "--http-host", "--http_host", "--ip");

	/** Options that set the listen address only for these programs. */
	private static final Map<String, Set<String>> OWN = Map.of("--hostname",
			Set.of("text-generation-launcher", "text-generation-router", "text-embeddings-router", "next"), "--urls",
			Set.of("dotnet"));

	/** Names that may also stand for another server, which the program calls. */
	private static final Set<String> AMBIGUOUS = Set.of("HOST", "--server-name", "--server_name", "--server-address",
			"--ip");

	/** Programs that are clients only. */
	private static final Set<String> CLIENTS = Set.of("redis-cli", "psql", "pg_isready", "mysql", "mysqladmin",
			"mongosh", "curl", "wget", "celery");

	private static final Set<String> PORTS = Set.of("--port", "-p", "--server.port", "-Dserver.port", "--server-port",
			"--server_port", "--http-port", "--http_port", "--rest_api_port", "--listen-port", "--listen_port");

	/** Variables that contain further options. */
	private static final Set<String> OPTION_VARIABLES = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS",
			"GUNICORN_CMD_ARGS");

	/** Options and words that are followed by a host with a port. */
	private static final Set<String> BOTH = Set.of("--bind", "-b", "--listen", "--http", "--http-socket", "--urls",
			"runserver", "http.server");

	private static final Set<String> HOST_VARIABLES = Set.of("HOST", "SERVER_ADDRESS", "UVICORN_HOST", "FLASK_RUN_HOST",
			"GRADIO_SERVER_NAME", "STREAMLIT_SERVER_ADDRESS");

	private static final Set<String> PORT_VARIABLES = Set.of("PORT", "SERVER_PORT", "UVICORN_PORT", "FLASK_RUN_PORT",
			"GRADIO_SERVER_PORT", "STREAMLIT_SERVER_PORT");

	/** Programs that listen on the loopback address unless they are told otherwise. */
	private static final Set<String> LOOPBACK_BY_DEFAULT = Set.of("uvicorn", "flask", "sglang.launch_server");

	private static final String DEFAULT_OF = "the default of ";

	private static final Pattern SOCKET = Pattern.compile("--(uds|fd|unix[-_]socket)(=.*)?");

	private static final Pattern ADDRESS = Pattern.compile("(?:[a-z]+://)?(\\[[^]]*]|[^:/]*)(?::(\\d{1,5}))?/?");

	/** Placeholders for further arguments, which may contain an address. */
	private static final Pattern ARGUMENTS = Pattern.compile("\\$\\{?([@*]|\\w*(ARGS|OPT|FLAGS)).*");

	private static final Pattern LOOPBACK = Pattern.compile("localhost|(\\[?::ffff:)?127\\.[0-9.]+]?"
			+ "|\\[?(::(0{1,4}:)*|(0{1,4}:)+:(0{1,4}:)*|(0{1,4}:){7})0{0,3}1]?", Pattern.CASE_INSENSITIVE);

	private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

	/**
	 * The smallest value of {@code -p} that is treated as a port. Smaller values have
	 * other meanings, such as a number of processes.
	 */
	private static final int LEAST_OF_SHORT = 1024;

	/**
	 * Reads a command line or a script.
	 * @param line the line
	 * @return the options in order
	 */
	static List<ListenOption> in(String line) {
		List<ListenOption> options = new ArrayList<>();
		for (ShellCommand command : ShellCommand.in(line)) {
			String program = command.program();
			List<ListenOption> said = CLIENTS.contains(program) ? List.of() : said(command, program);
			options.addAll(said);
			if (said.stream().allMatch((option) -> option.host() == null) && isOnLoopback(command, program)) {
				options.add(new ListenOption(command, DEFAULT_OF + program, "127.0.0.1", null));
			}
		}
		return options;
	}

	private static List<ListenOption> said(ShellCommand command, String program) {
		List<String> words = command.words();
		List<ListenOption> options = new ArrayList<>();
		for (int i = 0; i < words.size(); i++) {
			String word = words.get(i);
			String next = (i + 1 < words.size()) ? words.get(i + 1) : "";
			int equals = word.startsWith("-") ? word.indexOf('=') : -1;
			String name = (equals > 0) ? word.substring(0, equals)
					: (word.equals("-h") && program.equals("flask")) ? "--host" : word;
			if (OWN.getOrDefault(name, Set.of(program)).contains(program)) {
				Stream.ofNullable(of(command, name, (equals > 0) ? word.substring(equals + 1) : next))
					.forEach(options::add);
			}
		}
		return options;
	}

	private static boolean isOnLoopback(ShellCommand command, String program) {
		List<String> words = command.words();
		return LOOPBACK_BY_DEFAULT.contains(program) && (!program.equals("flask") || words.contains("run"))
				&& words.stream()
					.noneMatch((word) -> SOCKET.matcher(word).matches() || ARGUMENTS.matcher(word).matches());
	}

	/**
	 * Reads an environment variable.
	 * @param name its name
	 * @param value its value
	 * @return the option; empty if the variable sets no listen address
	 */
	static List<ListenOption> ofVariable(String name, String value) {
		String text = value.strip();
		if (OPTION_VARIABLES.contains(name)) {
			return in(text).stream()
				.filter((each) -> !each.isAssumed())
				.map((each) -> new ListenOption(ShellCommand.NONE, name, each.host, each.port))
				.toList();
		}
		if (HOST_VARIABLES.contains(name)) {
			return List.of(new ListenOption(ShellCommand.NONE, name, text, null));
		}
		return (PORT_VARIABLES.contains(name) && NUMBER.matcher(text).matches())
				? List.of(new ListenOption(ShellCommand.NONE, name, null, Integer.valueOf(text))) : List.of();
	}

	/**
	 * Returns whether the option isn't written in the command, but is the program's
	 * default.
	 */
	boolean isAssumed() {
		return this.name.startsWith(DEFAULT_OF);
	}

	/** Returns whether the option certainly sets the listen address. */
	boolean isCertain() {
		return !isAssumed() && !AMBIGUOUS.contains(this.name) && !this.command.conditional();
	}

	boolean last() {
		return this.command.last();
	}

	boolean isLoopback() {
		return this.host != null && LOOPBACK.matcher(this.host).matches();
	}

	private static @Nullable ListenOption of(ShellCommand command, String name, String value) {
		if (HOSTS.contains(name) || BOTH.contains(name)) {
			return ofAddress(command, name, value);
		}
		boolean port = PORTS.contains(name) && NUMBER.matcher(value).matches()
				&& (!name.equals("-p") || Integer.parseInt(value) >= LEAST_OF_SHORT);
		return port ? new ListenOption(command, name, null, Integer.valueOf(value)) : null;
	}

	private static @Nullable ListenOption ofAddress(ShellCommand command, String name, String value) {
		if (NUMBER.matcher(value).matches()) {
			return (name.equals("-b") || HOSTS.contains(name)) ? null
					: new ListenOption(command, name, null, Integer.valueOf(value));
		}
		if (value.isEmpty() || value.startsWith("-")) {
			return null;
		}
		Matcher address = ADDRESS.matcher(value);
		if (LOOPBACK.matcher(value).matches() || !address.matches()) { // as ::1 and ::
			return HOSTS.contains(name) || LOOPBACK.matcher(value).matches()
					? new ListenOption(command, name, value, null) : null;
		}
		String port = address.group(2);
		return new ListenOption(command, name, address.group(1), (port != null) ? Integer.valueOf(port) : null);
	}

}
