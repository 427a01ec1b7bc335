package io.eas.sample.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class DamagedModelTests {

	@Test
	void damagedModelFailsTheStartWithTheReason(@TempDir Path directory, CapturedOutput output) throws IOException {
		Path file = Files.write(directory.resolve("cut.bin"), new byte[3]);
		failsToStart(file);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("cut.bin]: the file ends too early")
			.contains("Let the property sample.model.file name a file that the training program wrote")
			.doesNotContain("\tat ");
	}

	@Test
	void missingModelFailsTheStart(@TempDir Path directory, CapturedOutput output) {
		failsToStart(directory.resolve("none.bin"));
		assertThat(output).contains("APPLICATION FAILED TO START").contains("none.bin");
	}

	private static void failsToStart(Path file) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(ModelApplication.class);
		assertThatExceptionOfType(ModelNotLoadedException.class)
			.isThrownBy(() -> application.run("--server.port=0", "--server.address=127.0.0.1",
					"--eas.server.allow-loopback=true", "--sample.model.file=" + file.toUri()));
	}

}
