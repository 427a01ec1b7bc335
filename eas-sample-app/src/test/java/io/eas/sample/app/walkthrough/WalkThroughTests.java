package io.eas.sample.app.walkthrough;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.instance.InstanceState;
import io.eas.sample.app.LocalSample;
import io.eas.sample.app.OwnEventLoops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@LocalSample
@ExtendWith(OutputCaptureExtension.class)
class WalkThroughTests {

	@Autowired
	private WalkThrough walkThrough;

	@Autowired
	private EasEmulator localEas;

	@Test
	void printsItsTableServesOnAndSaysWhatToTry(CapturedOutput output, @LocalServerPort int port) {
		EmulatedInstance victim = this.localEas.service("mnist_saved_model_example").instance(2);
		long pid = victim.pid().orElseThrow();
		this.walkThrough.run(new DefaultApplicationArguments());
		assertThat(output).contains("accuracy       198 of 200 (99.0 %)")
			.containsPattern("failed calls   0\\R")
			.containsPattern("retries        [1-9]\\d*\\R")
			.containsPattern(victim.address() + " +" + pid + " +\\d+   killed \\(SIGKILL\\) after 100 calls")
			.contains("curl -s localhost:" + port + "/digits -H 'Content-Type: image/png' --data-binary @")
			.contains("curl -s localhost:" + port + "/actuator/health")
			.contains("http://127.0.0.1:" + this.localEas.adminPort()
					+ "/services/mnist_saved_model_example/instances/0/kill");
		assertThat(this.walkThrough.getExitCode()).isZero();
		assertThat(ProcessHandle.of(pid)).isEmpty();
		assertThat(victim.state()).isEqualTo(InstanceState.RUNNING);
	}

	@Test
	void aSingleInstanceIsNotKilled(CapturedOutput output) {
		try (ConfigurableApplicationContext context = OwnEventLoops.run("--server.port=0", "--server.address=127.0.0.1",
				"--sample.local.instances=1")) {
			assertThat(output)
				.contains("200 handwritten digits, classified by 1 instance, not killed since no other would take over")
				.containsPattern("failed calls   0\\R")
				.containsPattern("retries        0\\R")
				.contains("\n  Try, in another terminal")
				.contains("Kill it: curl");
			assertThat(context.getBean(WalkThrough.class).getExitCode()).isZero();
		}
	}

}
