package io.eas.emulator.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.eas.emulator.net.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the {@code Dockerfile} starts, as a process of this machine. The address 127.0.0.2
 * stands for that of a container, which callers reach beside 127.0.0.1.
 */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere only one loopback address is set up")
class ContainerImageTests {

	private static final String CONTAINER = "127.0.0.2";

	private static final String COMPOSED_PORTS = "9000-9002";

	private static final String UPSTREAMS = "/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/mnist";

	@TempDir
	private static Path directory;

	private static Process process;

	private static int port;

	private static int adminPort;

	private static int instancePort;

	@BeforeAll
	static void start() throws Exception {
		List<String> entryPoint = instruction("ENTRYPOINT");
		assertThat(entryPoint).startsWith("java", "-jar", "/opt/eas/eas-emulator.jar");
		List<String> arguments = Program.with(entryPoint.subList(3, entryPoint.size()));
		String ports = FreePort.find() + "," + FreePort.find() + "," + FreePort.find();
		for (String word : composed("command").toString().split(" ")) {
			arguments.add(word.equals(COMPOSED_PORTS) ? ports : word);
		}
		arguments.addAll(List.of("--port", "0", "--admin-port", "0"));
		process = Program.builder(arguments.toArray(String[]::new)).redirectError(errors().toFile()).start();
		BufferedReader reader = process.inputReader();
		String message = Program.readMessage(reader);
		port = Integer.parseInt(Program.find("endpoint  127.0.0.1:(\\d+)", message));
		adminPort = Integer.parseInt(Program.find("page      http://127.0.0.1:(\\d+)", message));
		instancePort = Integer.parseInt(Program.find("mnist-0  127.0.0.1:(\\d+)", message));
		assertThat(ports.split(",")).contains(String.valueOf(instancePort));
	}

	@AfterAll
	static void end() throws InterruptedException {
		process.destroy();
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as("SIGTERM reaches the program").isEqualTo(143);
	}

	@Test
	void discoveryListsTheAddressInTheHostHeader() throws Exception {
		assertThat(get(CONTAINER, port, "127.0.0.1:32768", UPSTREAMS)).contains(item("127.0.0.1"));
		assertThat(get("127.0.0.1", port, CONTAINER + ":" + port, UPSTREAMS)).contains(item(CONTAINER));
		assertThat(get(CONTAINER, port, "localhost:32768", UPSTREAMS)).contains(item("127.0.0.1"));
		assertThat(get(CONTAINER, port, "[fd00::2]:8500", UPSTREAMS)).contains(item("fd00::2"));
	}

	@Test
	void discoveryListsTheAddressOfTheConnectionIfTheHostHeaderHasNone() throws Exception {
		assertThat(get(CONTAINER, port, "eas:8500", UPSTREAMS)).contains(item(CONTAINER));
		assertThat(get(CONTAINER, port, "0.0.0.0:8500", UPSTREAMS)).contains(item(CONTAINER));
		assertThat(get("127.0.0.1", port, "eas", UPSTREAMS)).contains(item("127.0.0.1"));
		assertThat(get(CONTAINER, port, "239.0.0.1:8500", UPSTREAMS)).contains(item(CONTAINER));
		assertThat(get(CONTAINER, port, "[ff02::1]:8500", UPSTREAMS)).contains(item(CONTAINER));
		assertThat(get(CONTAINER, port, "255.255.255.255:8500", UPSTREAMS)).contains(item(CONTAINER));
		assertThat(get(CONTAINER, port, "", UPSTREAMS)).contains(item(CONTAINER));
		assertThat(get(CONTAINER, port, ":8500", UPSTREAMS)).contains(item(CONTAINER));
		assertThat(send(CONTAINER, port, "GET " + UPSTREAMS + " HTTP/1.0\r\n\r\n")).contains(item(CONTAINER));
	}

	/** {@code EasContainer} waits for this answer. */
	@Test
	void rootOfTheEndpointIsNotFound() throws Exception {
		assertThat(get(CONTAINER, port, "localhost", "/")).startsWith("HTTP/1.1 404");
	}

	@Test
	void instancesAnswerOnAllInterfaces() throws Exception {
		assertThat(get(CONTAINER, instancePort, "mnist", "/api/predict/mnist")).startsWith("HTTP/1.1 200");
		assertThat(get("127.0.0.1", instancePort, "mnist", "/api/predict/mnist")).startsWith("HTTP/1.1 200");
	}

	@Test
	void adminInterfaceRefusesForeignHosts() throws Exception {
		assertThat(get(CONTAINER, adminPort, "127.0.0.1:8501", "/services")).startsWith("HTTP/1.1 200");
		assertThat(get(CONTAINER, adminPort, "eas.example.com", "/services")).startsWith("HTTP/1.1 403");
	}

	@Test
	void composeFilePublishesThePortsOfInstancesUnderTheSameNumbers() throws Exception {
		assertThat(instruction("CMD")).containsExactly("serve");
		assertThat(composed("command").toString()).startsWith("serve ").contains(" --instance-ports " + COMPOSED_PORTS);
		assertThat(composed("ports"))
			.isEqualTo(List.of("127.0.0.1:8500-8501:8500-8501", "127.0.0.1:" + COMPOSED_PORTS + ":" + COMPOSED_PORTS));
	}

	@Test
	void healthCheckPassesOnlyWhileThePortIsOpen() throws Exception {
		assertThat(healthCheck(port)).isZero();
		assertThat(healthCheck(FreePort.find())).isNotZero();
	}

	@Test
	void warnsThatOtherMachinesCanCall() throws Exception {
		assertThat(Files.readString(errors()).lines()).containsExactly(
				"eas-emulator: listens on all network interfaces, so whoever reaches this machine can call discovery, "
						+ "the gateway and the instances without a token",
				"eas-emulator: the admin interface, which has no password, listens on all network interfaces, so "
						+ "whoever reaches this machine can kill instances");
	}

	private static int healthCheck(int port) throws Exception {
		List<String> command = instruction("  CMD").stream().map((word) -> word.replace("/8500", "/" + port)).toList();
		Process check = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(check.waitFor(20, TimeUnit.SECONDS)).isTrue();
		return check.exitValue();
	}

	private static String get(String address, int port, String host, String path) throws IOException {
		return send(address, port, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host));
	}

	private static String send(String address, int port, String request) throws IOException {
		try (Socket socket = new Socket(address, port)) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

	private static String item(String address) {
		return "{\"app\":\"mnist\",\"ip\":\"" + address + "\",\"port\":" + instancePort + ",\"weight\":100}";
	}

	private static Path errors() {
		return directory.resolve("errors");
	}

	/** An entry of the service in the Compose file of the guide. */
	private static Object composed(String key) throws IOException {
		String guide = Files.readString(Path.of("..", "docs", "guide", "local-eas.md"));
		Map<String, Map<String, Map<String, Object>>> file = new Yaml()
			.load(Program.find("(?s)```yml\n(.*?)```", guide));
		return file.get("services").get("eas").get(key);
	}

	/** The words of an instruction of the Dockerfile, in its exec form. */
	private static List<String> instruction(String name) throws IOException {
		String line = Files.readAllLines(Path.of("Dockerfile"))
			.stream()
			.filter((each) -> each.startsWith(name + " ["))
			.findFirst()
			.orElseThrow();
		return List.of(JsonMapper.shared().readValue(line.substring(name.length()), String[].class));
	}

}
