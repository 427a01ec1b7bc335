package io.eas.emulator.cli;

import java.io.BufferedReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

import io.eas.emulator.TestModel;
import io.eas.emulator.net.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program: what it prints, and how it ends.
 */
@Timeout(180)
class EmulatorApplicationTests {

	@Test
	void servesAnEchoAndSaysHowToTryIt() throws Exception {
		Process process = Program.start("serve", "--port", "0", "--admin-port", "0", "--service", "my_echo",
				"--weights", "1,10");
		try (BufferedReader reader = process.inputReader()) {
			String message = Program.readMessage(reader);
			assertThat(message).containsPattern("endpoint  127.0.0.1:\\d+")
				.containsPattern("admin     http://127.0.0.1:\\d+/services")
				.containsPattern("my_echo-0  127.0.0.1:\\d+  weight 1  in this JVM")
				.containsPattern("my_echo-1  127.0.0.1:\\d+  weight 10  in this JVM");
			assertThat(message.lines().filter((line) -> line.startsWith("  curl "))).hasSize(3);
			String endpoint = Program.find("endpoint  (\\S+)", message);
			assertThat(Program.post("http://" + endpoint + "/api/predict/my_echo", "{\"n\":1}")).isEqualTo("{\"n\":1}");
			assertThat(Program.post(Program.find("curl -X POST -H X-Eas-Admin:1 (\\S+)", message), ""))
				.contains("\"state\":\"DEAD\"");
		}
		finally {
			Program.end(process);
		}
	}

	@Test
	void servesALanguageModelAndSaysHowToTryIt() throws Exception {
		Process process = Program.start("serve", "--port", "0", "--admin-port", "0", "--llm", "qwen");
		try (BufferedReader reader = process.inputReader()) {
			String message = Program.readMessage(reader);
			assertThat(message).containsPattern("qwen-0  127.0.0.1:\\d+  weight 100  in this JVM");
			assertThat(Program.post(Program.find("curl -N (\\S+)", message), Program.find("-d '(.*)'", message)))
				.startsWith("data: {")
				.endsWith("data: [DONE]\n\n");
		}
		finally {
			Program.end(process);
		}
	}

	@Test
	void descendantsEndWithAProcessEndedByASignal() throws Exception {
		Process process = Program
			.start(Program.with(List.of("serve", "--port", "0", "--admin-port", "0", "--token-env", "EAS_TOKEN", "--"),
					TestModel.command()));
		try (BufferedReader reader = process.inputReader()) {
			String message = Program.readMessage(reader);
			assertThat(message).contains("$EAS_TOKEN").doesNotContain("s3cret");
			long pid = Long.parseLong(Program.find("pid (\\d+)", message));
			assertThat(ProcessHandle.of(pid)).isPresent();
			Program.end(process);
			assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
		}
		finally {
			Program.end(process);
		}
	}

	@Test
	void startFailureIsOneLineAndExitsWith1() {
		StringWriter err = new StringWriter();
		int code = Program.inProcess(err)
			.execute("serve", "--port", "0", "--admin-port", "0", "--", "sh", "-c", "echo no model; exit 7");
		assertThat(code).isEqualTo(1);
		assertThat(err.toString().lines()).containsExactly(
				"eas-emulator: echo-0: \"sh -c echo ...\" exited with code 7 before it was ready; last output: no model");
	}

	@Test
	void moreInstancesThanPortsExitWith1() {
		StringWriter err = new StringWriter();
		int code = Program.inProcess(err)
			.execute("serve", "--port", "0", "--admin-port", "0", "--instances", "2", "--instance-ports",
					String.valueOf(FreePort.find()));
		assertThat(code).isEqualTo(1);
		assertThat(err.toString()).startsWith("eas-emulator: no port is left for another instance: port ");
	}

	@Test
	void warnsIfNoPortOfAnInstanceCanBePublished() throws Exception {
		StringWriter err = new StringWriter();
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int code = Program.inProcess(err)
				.execute("serve", "--all-interfaces", "--instances", "0", "--port", "0", "--admin-port",
						String.valueOf(taken.getLocalPort()));
			assertThat(code).isEqualTo(1);
		}
		assertThat(err.toString().lines()).hasSize(3)
			.element(1)
			.isEqualTo("eas-emulator: where only published ports can be reached, as in a container, callers reach "
					+ "discovery but no instance: give --instance-ports, and publish these ports, too");
	}

	@ParameterizedTest
	@ValueSource(strings = { "serve --port x", "serve --unknown", "serve --instances 2 --weights 1",
			"serve --weight -1", "serve --token-env EAS_TOKEN_THAT_IS_NOT_SET", "serve --port 70000",
			"serve --instances -1", "walk", "serve --start-timeout 0 -- x", "serve --ready-path x -- y",
			"serve --llm m -- x", "serve --max-queue 3", "serve --instance-ports 0", "serve --instance-ports 9009-9000",
			"serve --instance-ports 9000-x", "serve --instance-ports 70000", "--all-interfaces",
			"serve --llm m --max-running 0", "serve --instance-ports 8499-8500",
			"serve --admin-port 9000 --instance-ports 9000" })
	void wrongUsageExitsWith2(String line) {
		StringWriter err = new StringWriter();
		assertThat(Program.inProcess(err).execute(line.split(" "))).isEqualTo(2);
		assertThat(err.toString()).isNotBlank();
	}

	/** There is none where the tests run. */
	@Test
	void runUsesTheServiceJsonOfTheDirectory() {
		StringWriter err = new StringWriter();
		assertThat(Program.inProcess(err).execute("run")).isEqualTo(2);
		assertThat(err.toString()).startsWith("there is no file service.json");
	}

}
