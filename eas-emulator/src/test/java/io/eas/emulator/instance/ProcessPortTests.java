package io.eas.emulator.instance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.eas.emulator.Http;
import io.eas.emulator.TestModel;
import io.eas.emulator.net.FreePort;
import io.eas.emulator.net.Listener;
import io.eas.emulator.net.Network;
import io.eas.emulator.net.PortPool;
import io.eas.emulator.process.ModelProcess;
import io.eas.emulator.process.ProcessCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A port that can't be opened at first.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProcessPortTests {

	private static final String FAILED = "The port could not be opened";

	private final Network network = new Network();

	private ServerSocket other;

	private ProcessPort port;

	private ModelProcess process;

	@BeforeEach
	void start() throws IOException {
		this.other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.port = new ProcessPort(new Listener(this.network, PortPool.loopback(this.other.getLocalPort()),
				(request, response) -> response.send()), this.network.scheduler());
		this.process = ModelProcess.start("mnist-0",
				new ProcessCommand(List.of(TestModel.command()), Map.of(), null, null, Duration.ofSeconds(30), null),
				FreePort.find(), Map.of());
		this.process.awaitReady();
	}

	@AfterEach
	void close() throws IOException {
		this.process.kill();
		this.port.release();
		this.network.close();
		this.other.close();
	}

	@Test
	void opensOnceThePortIsFreeAndLogsTheFailureOnce(CapturedOutput log) throws Exception {
		this.port.openFor(this.process);
		await().until(() -> log.getAll().contains(FAILED));
		// a dozen looks
		await().pollDelay(Duration.ofMillis(300)).until(() -> true);
		assertThat(log).containsOnlyOnce(FAILED);
		int number = this.other.getLocalPort();
		this.other.close();
		await().ignoreExceptions().until(() -> Http.get("127.0.0.1:" + number, "/").statusCode() == 200);
	}

}
