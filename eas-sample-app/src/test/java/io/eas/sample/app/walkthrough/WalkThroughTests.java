package io.eas.sample.app.walkthrough;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.instance.InstanceState;
import io.eas.sample.app.OwnEventLoops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class WalkThroughTests {

	private static final Pattern KILLED = Pattern
		.compile("(127\\.0\\.0\\.1:\\d+) +(\\d+) +\\d+   killed \\(SIGKILL\\) after 100 calls");

	@Test
	void printsTheTableAndTheNextStepsAndKeepsRunning(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--sample.local.instances=3")) {
			EasEmulator localEas = context.getBean(EasEmulator.class);
			String port = context.getEnvironment().getProperty("local.server.port");
			assertThat(output).contains("accuracy       198 of 200 (99.0 %)")
				.containsPattern("failed calls   0\\R")
				.containsPattern("retries        [1-9]\\d*\\R")
				.contains("curl -s localhost:" + port + "/digits -H 'Content-Type: image/png' --data-binary @")
				.contains("curl -s localhost:" + port + "/actuator/health")
				.contains("http://127.0.0.1:" + localEas.adminPort()
						+ "/services/mnist_saved_model_example/instances/0/kill")
				.contains("watch calls go on: http://localhost:" + port + "/\n")
				.contains("http://127.0.0.1:" + localEas.adminPort() + "/\n");
			assertThat(context.getBean(WalkThrough.class).getExitCode()).isZero();
			EmulatedInstance victim = localEas.service("mnist_saved_model_example").instance(2);
			Matcher killed = KILLED.matcher(output);
			assertThat(killed.find()).isTrue();
			assertThat(killed.group(1)).isEqualTo(victim.address());
			assertThat(ProcessHandle.of(Long.parseLong(killed.group(2)))).isEmpty();
			assertThat(victim.state()).isEqualTo(InstanceState.RUNNING);
		}
	}

	@Test
	void aSingleInstanceIsNotKilled(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--sample.local.instances=1")) {
			assertThat(output)
				.contains("200 handwritten digits, classified by 1 instance, not killed since no other would take over")
				.containsPattern("failed calls   0\\R")
				.containsPattern("retries        0\\R")
				.contains("\n  Try, in another terminal")
				.contains("Kill it: curl");
			assertThat(context.getBean(WalkThrough.class).getExitCode()).isZero();
		}
	}

	private static ConfigurableApplicationContext start(String instances) {
		return OwnEventLoops.run("--server.port=0", "--server.address=127.0.0.1", instances);
	}

}
