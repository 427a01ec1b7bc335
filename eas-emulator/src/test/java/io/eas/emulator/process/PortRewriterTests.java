package io.eas.emulator.process;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is a port in a command or a variable, and what isn't.
 */
class PortRewriterTests {

	private final PortRewriter ports = new PortRewriter(Map.of(8081, 40001, 8000, 40002));

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "java -jar a.jar --management.server.port=8081 | java -jar a.jar --management.server.port=40001",
					"java -Dmanagement.server.port=8081 -jar a.jar | java -Dmanagement.server.port=40001 -jar a.jar",
					"serve --metrics-port 8081 --port 8000 | serve --metrics-port 40001 --port 40002",
					"serve -p 8081; echo | serve -p 40001; echo", "serve -p8081 | serve -p40001",
					"gunicorn --bind 0.0.0.0:8081 app:app | gunicorn --bind 0.0.0.0:40001 app:app",
					"serve --listen=[::]:8081 | serve --listen=[::]:40001",
					"serve --url 'http://localhost:8081/x' | serve --url 'http://localhost:40001/x'",
					"export MANAGEMENT_SERVER_PORT=8081 && serve | export MANAGEMENT_SERVER_PORT=40001 && serve",
					"MANAGEMENT_SERVER_PORT=\"8081\" serve | MANAGEMENT_SERVER_PORT=\"40001\" serve" })
	void portInAnOptionOrVariableIsReplaced(String text, String rewritten) {
		assertThat(this.ports.command(text)).isEqualTo(rewritten);
	}

	@ParameterizedTest
	@ValueSource(strings = { "serve --max-tokens 8081", "serve 8081", "serve --port 80810", "serve --port 18081",
			"serve --port=8081.5", "SEED=8081 serve", "echo the port 8081", "serve --port 9000", "cat logs/8081",
			"serve --port ${PORT}", "serve --timeout 8081", "serve --transport 8081 --http-retries 8081",
			"export EXPORT=8081 SUPPORT_ID=8081", "serve --port-timeout 8081" })
	void otherNumbersAreNotReplaced(String text) {
		assertThat(this.ports.command(text)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "serve --schema-registry-url http://registry.internal:8081/x",
			"REGISTRY_URL=http://registry.internal:8081 serve", "serve --backend-host=other.svc:8081",
			"serve --backend-port=other.svc:8081", "serve --url http://10.0.0.7:8081", "serve --bind [fd00::7]:8081",
			"serve --http-proxy http://localhost.example:8081", "docker run -p 8081:8081 x" })
	void portOfAnotherHostIsNotReplaced(String text) {
		assertThat(this.ports.command(text)).isEqualTo(text);
		assertThat(this.ports.arguments(List.of(text.split(" ")))).containsExactly(text.split(" "));
		assertThat(PortRewriter.addressed(List.of(text))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0.0.0.0", "[::]", "::", "*", "127.0.0.1", "127.1.2.3", "localhost", "[::1]" })
	void portAfterAnAddressOfThisMachineIsReplaced(String host) {
		assertThat(this.ports.command("serve --bind " + host + ":8081")).isEqualTo("serve --bind " + host + ":40001");
		assertThat(this.ports.variable("METRICS_URL", "http://" + host + ":8081/x"))
			.isEqualTo("http://" + host + ":40001/x");
		assertThat(PortRewriter.addressed(List.of("probe", "-addr=" + host + ":8081"))).containsExactly(8081);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--metricsPort 8081", "-Dport=8081", "--metrics_port=8081", "PORT_1=8081" })
	void nameMustEndInTheWordPort(String option) {
		assertThat(this.ports.command("serve " + option)).isEqualTo("serve " + option.replace("8081", "40001"));
	}

	@Test
	void variableIsAPortByItsNameOrContainsOptions() {
		assertThat(this.ports.variable("METRICS_PORT", "8081")).isEqualTo("40001");
		assertThat(this.ports.variable("LISTEN_ADDR", ":8081")).isEqualTo(":40001");
		assertThat(this.ports.variable("JAVA_TOOL_OPTIONS", "-Xmx1g -Dmanagement.server.port=8081"))
			.isEqualTo("-Xmx1g -Dmanagement.server.port=40001");
		assertThat(this.ports.variable("MAX_TOKENS", "8081")).isEqualTo("8081");
	}

	@Test
	void addressesInTheProgramOfACheckAreThoseOfThisMachine() {
		assertThat(this.ports.arguments(List.of("curl", "-f", "http://localhost:8081/healthz"))).containsExactly("curl",
				"-f", "http://localhost:40001/healthz");
		assertThat(this.ports.arguments(List.of("sh", "-c", "nc -z 127.0.0.1 8000 && nc -z localhost 8081")))
			.containsExactly("sh", "-c", "nc -z 127.0.0.1 40002 && nc -z localhost 40001");
		assertThat(this.ports.arguments(List.of("nc", "-z", "localhost", "8081"))).containsExactly("nc", "-z",
				"localhost", "40001");
		assertThat(this.ports.arguments(List.of("pg_isready", "--port", "8081", "--host=localhost")))
			.containsExactly("pg_isready", "--port", "40001", "--host=localhost");
		assertThat(this.ports.arguments(List.of("bash", "-c", "echo < /dev/tcp/localhost/8081")))
			.containsExactly("bash", "-c", "echo < /dev/tcp/localhost/40001");
		assertThat(PortRewriter.addressed(List.of("sh", "-c", "nc -z 127.0.0.1 8000 && curl localhost:8081/x")))
			.containsExactly(8000, 8081);
		List<String> others = List.of("curl", "http://db.example:8081/", "8081", "http://localhost:80810/");
		assertThat(this.ports.arguments(others)).isEqualTo(others);
	}

}
