package io.eas.sample.app.local;

import java.io.IOException;
import java.util.List;

import io.eas.client.EasClient;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.sample.app.OwnEventLoops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class LocalEasTests {

	@Test
	void modelListensOnLoopbackOnlyAndEndsWithTheApplication() throws IOException {
		List<Long> pids;
		try (ConfigurableApplicationContext context = start("--sample.local.instances=1")) {
			assertThat(context.getBean(EasClient.class).name()).isEqualTo("mnist");
			pids = pids(context.getBean(EasEmulator.class));
			assertThat(pids).hasSize(1).allMatch(LocalEasTests::alive);
			if (OS.LINUX.isCurrentOs()) {
				assertThat(ListeningAddresses.of(pids.get(0))).isNotEmpty()
					.allMatch((address) -> address.endsWith("0100007F"));
			}
		}
		assertThat(pids).noneMatch(LocalEasTests::alive);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void withoutAnInstanceNothingStarts(int instances, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--sample.local.instances=" + instances));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("sample.local.instances must be at least 1, was " + instances)
			.doesNotContain("\tat ");
	}

	@Test
	void missingModelIsReportedWithTheCommandThatBuildsIt(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--sample.local.model-jar=target/none.jar"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("A file of the model, target/none.jar (sample.local.model-jar), is neither in ")
			.contains("./mvnw -pl eas-sample-model -am package -DskipTests")
			.doesNotContain("\tat ");
	}

	@Test
	void modelThatDoesNotStartIsReportedWithItsLastOutput(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--sample.local.model-jar=pom.xml"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("keeps ending before it is ready; it ended with exit code 1; last output: ")
			.contains("Unable to access jarfile eas-sample-model-exec.jar")
			.doesNotContain("\tat ");
	}

	private static ConfigurableApplicationContext start(String... more) {
		String[] args = { "--server.port=0", "--sample.walk-through.enabled=false", more[0] };
		return OwnEventLoops.run(args);
	}

	private static List<Long> pids(EasEmulator localEas) {
		return localEas.service("mnist_saved_model_example")
			.instances()
			.stream()
			.map(EmulatedInstance::pid)
			.map((pid) -> pid.orElseThrow())
			.toList();
	}

	private static boolean alive(long pid) {
		return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
	}

}
