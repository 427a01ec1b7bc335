package io.eas.benchmarks.instances;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Instances as processes, each fault followed by its end.
 */
class EchoProcessTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(300);

	private static EchoProcess instance;

	@BeforeAll
	static void start() {
		instance = EchoProcess.start(List.of(new InstanceSettings(Duration.ofMillis(1), true, 4))).get(0);
	}

	@AfterAll
	static void end() {
		instance.close();
	}

	@Test
	void echoesTheBody() throws Exception {
		assertThat(call(PATIENCE)).isEqualTo("hello");
	}

	@Test
	void refusesConnectionsWhileDeadAndRestartsOnTheSamePort() throws Exception {
		instance.kill();
		assertThatException().isThrownBy(() -> call(PATIENCE)).isInstanceOf(ConnectException.class);
		instance.restart();
		assertThat(call(PATIENCE)).isEqualTo("hello");
	}

	@Test
	void acceptsConnectionsButIsSilentWhileFrozen() throws Exception {
		instance.freeze();
		connect(PATIENCE);
		assertThatException().isThrownBy(() -> call(SHORT)).isInstanceOf(HttpTimeoutException.class);
		instance.thaw();
		assertThat(call(PATIENCE)).isEqualTo("hello");
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "other kernels refuse or accept what is beyond the backlog")
	void acceptsNoConnectionsOnceVanished() throws Exception {
		instance.vanish();
		assertNobodyAccepts();
		instance.returnFromNowhere();
		assertThat(call(PATIENCE)).isEqualTo("hello");
	}

	/** A place may have become free when other connections closed. */
	private static void assertNobodyAccepts() {
		assertThatException().isThrownBy(() -> {
			for (int n = 0; n < 20; n++) {
				connect(SHORT);
			}
		}).isInstanceOf(SocketTimeoutException.class);
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "other kernels refuse or accept what is beyond the backlog")
	void closesConnectionsAndAcceptsNoneWhileSealed() throws Exception {
		try (Socket open = connect(PATIENCE)) {
			open.setSoTimeout((int) PATIENCE.toMillis());
			instance.seal();
			assertThat(open.getInputStream().read()).isEqualTo(-1);
			assertNobodyAccepts();
		}
		instance.returnFromNowhere();
		assertThat(call(PATIENCE)).isEqualTo("hello");
	}

	@Test
	void invalidSettingsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new InstanceSettings(Duration.ofMillis(-1), false, 1))
			.withMessageContaining("-1 ms");
	}

	private static Socket connect(Duration timeout) throws IOException {
		URI address = URI.create("http://" + instance.address());
		Socket socket = new Socket();
		socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) timeout.toMillis());
		return socket;
	}

	private static String call(Duration timeout) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + instance.address()))
			.timeout(timeout)
			.POST(HttpRequest.BodyPublishers.ofString("hello"))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

}
