package io.eas.deployment.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.OtherKeys;
import org.jspecify.annotations.Nullable;

/**
 * Reads the method of a health check. If the method is missing, {@code tcp_socket} is
 * assumed, so that the rest of the check can be read and validated.
 */
final class MethodReader {

	/** A valid port, used if the port is missing. */
	static final int ANY_PORT = 8000;

	private static final Pattern NEEDS_SHELL = Pattern.compile("[|&;<>$`*\\n]");

	private final ObjectKeys check;

	private final int assumedPort;

	private final FindingCollector findings;

	MethodReader(ObjectKeys check, int assumedPort, FindingCollector findings) {
		this.check = check;
		this.assumedPort = assumedPort;
		this.findings = findings;
	}

	CheckMethod read() {
		LocatedValue httpGet = this.check.value("http_get");
		LocatedValue tcpSocket = this.check.value("tcp_socket");
		LocatedValue exec = this.check.value("exec");
		long written = Stream.of(httpGet, tcpSocket, exec).filter(Objects::nonNull).count();
		if (written != 1) {
			this.findings.add(FindingCode.CHECK_METHOD, this.check.object(),
					"must have one of http_get, tcp_socket and exec, has " + ((written == 0) ? "none" : written),
					"Keep one, or write one such as \"tcp_socket\": {\"port\": " + this.assumedPort + "}.");
		}
		return Stream.of(httpGet(httpGet), tcpSocket(tcpSocket), exec(exec))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseGet(() -> new CheckMethod.TcpSocket(this.assumedPort, OtherKeys.NONE));
	}

	private @Nullable CheckMethod httpGet(@Nullable LocatedValue value) {
		ObjectKeys keys = keys(value, "{\"path\": \"/\", \"port\": " + this.assumedPort + "}");
		if (keys == null) {
			return null;
		}
		String path = keys.text("path");
		return new CheckMethod.HttpGet((path != null) ? path : "/", port(keys), keys.others());
	}

	private @Nullable CheckMethod tcpSocket(@Nullable LocatedValue value) {
		ObjectKeys keys = keys(value, "{\"port\": " + this.assumedPort + "}");
		return (keys != null) ? new CheckMethod.TcpSocket(port(keys), keys.others()) : null;
	}

	private @Nullable CheckMethod exec(@Nullable LocatedValue value) {
		if (value instanceof LocatedValue.Scalar scalar && scalar.value().isString()) {
			execString(value, "Write {\"command\": " + execForm(scalar.written()) + "}.");
			return null;
		}
		ObjectKeys keys = keys(value, "{\"command\": [\"program\", \"argument\"]}");
		return (keys != null) ? new CheckMethod.Exec(command(keys), keys.others()) : null;
	}

	private List<String> command(ObjectKeys exec) {
		LocatedValue value = exec.value("command");
		if (value instanceof LocatedValue.Scalar scalar && scalar.value().isString()) {
			execString(value, "Write \"command\": " + execForm(scalar.written()) + ".");
			return List.of();
		}
		if (value instanceof LocatedValue.Array array && !array.elements().isEmpty()) {
			return words(array);
		}
		if (value == null) {
			this.findings.missing(exec.object(), "command", "Write \"command\": [\"program\", \"argument\"].");
		}
		else if (value instanceof LocatedValue.Array) {
			this.findings.add(FindingCode.WRONG_TYPE, value,
					"must be an array of a program and its arguments, was empty",
					"Write \"command\": [\"program\", \"argument\"].");
		}
		else {
			this.findings.wrongType(value, "an array of a program and its arguments",
					"Write \"command\": [\"program\", \"argument\"].");
		}
		return List.of();
	}

	private List<String> words(LocatedValue.Array array) {
		List<String> words = new ArrayList<>();
		for (LocatedValue element : array.elements()) {
			boolean text = element instanceof LocatedValue.Scalar scalar && scalar.value().isString();
			if (!text) {
				this.findings.wrongType(element, "a text", "Put it in quotes.");
			}
			words.add((element instanceof LocatedValue.Scalar scalar) ? scalar.written() : element.kind());
		}
		return words;
	}

	private void execString(LocatedValue value, String remedy) {
		this.findings.add(FindingCode.EXEC_STRING, value,
				"must be a program and its arguments in an array, was " + value.kind(), remedy);
	}

	/**
	 * Returns an example of the array in which to write a command line. It contains no
	 * words of the command line, because any of them may be a secret.
	 */
	private static String execForm(String line) {
		return NEEDS_SHELL.matcher(line).find() ? "[\"sh\", \"-c\", \"…\"]" : "[\"program\", \"argument\"]";
	}

	private int port(ObjectKeys method) {
		Integer port = method.number("port");
		if (port == null && method.lacks("port")) {
			this.findings.missing(method.object(), "port", "Write \"port\": " + this.assumedPort + ".");
		}
		return (port != null) ? port : this.assumedPort;
	}

	private @Nullable ObjectKeys keys(@Nullable LocatedValue value, String form) {
		if (value instanceof LocatedValue.Members members) {
			return new ObjectKeys(members, this.findings);
		}
		if (value != null) {
			this.findings.wrongType(value, "an object", "Write " + form + ".");
		}
		return null;
	}

}
