package io.eas.deployment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.eas.deployment.generation.TestApplication;
import io.eas.deployment.reader.DescriptorReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code generate}: what it prints and writes, and how it ends.
 */
class GenerateCommandTests {

	private static final String IMAGE = "registry-vpc.cn-hangzhou.aliyuncs.com/models/digits:1.0";

	@TempDir
	private Path directory;

	@Test
	void writesADescriptorThatPassesValidationWithoutFindings() {
		Path file = this.directory.resolve("service.json");
		Run run = generate(TestApplication.GOOD, "--instances", "2", "--instance-type", "ecs.c7a.large", "-o",
				file.toString());
		assertThat(run).isEqualTo(new Run(0, "", ""));
		assertThat(Run.of("validate", "--strict", file.toString()).code()).isZero();
		assertThat(DescriptorReader.read(file).metadata().instance()).isEqualTo(2);
	}

	@Test
	void sampleModelNeedsOnlyAName() {
		Run run = Run.of("generate", "--app", TestApplication.sampleModel(this.directory).toString(), "--image", IMAGE,
				"--name", "digits");
		assertThat(run.code()).isZero();
		assertThat(run.err()).isEmpty();
		assertThat(DescriptorReader.read(run.out()).containers().get(0).command()).isEqualTo("java -jar app.jar");
	}

	@Test
	void reactiveApplicationIsCheckedWithoutTheServletContextPath() {
		Path jar = TestApplication.jar(this.directory,
				Map.of("BOOT-INF/classes/application.properties",
						TestApplication.GOOD + "server.servlet.context-path=/ctx\n",
						"BOOT-INF/lib/spring-webflux-7.0.1.jar", "", "BOOT-INF/lib/reactor-netty-http-1.3.0.jar", "",
						"BOOT-INF/lib/spring-boot-actuator-4.1.2.jar", ""));
		Run run = Run.of("generate", "--app", jar.toString(), "--image", IMAGE);
		assertThat(run.code()).isZero();
		assertThat(run.out()).contains("\"path\": \"/livez\"").doesNotContain("/ctx");
		assertThat(run.err()).contains("warning: server.servlet.context-path is /ctx, which has no effect");
	}

	@Test
	void eachWarningIsALine() {
		Run run = generate(TestApplication.GOOD.replace("enabled=true", "enabled=false"));
		assertThat(run.code()).isZero();
		assertThat(run.out()).startsWith("{");
		assertThat(run.err().lines()).singleElement()
			.asString()
			.startsWith("eas-deployment: warning: eas.server.enabled is not true, ");
	}

	@Test
	void missingImageShowsAnExample() {
		Run run = Run.of("generate", "--app", "app.jar");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).startsWith("--image is missing: the address that EAS gets the image from, such as "
				+ "registry-vpc.cn-hangzhou.aliyuncs.com/<namespace>/<name>:<tag>\n");
	}

	@Test
	void aDirectoryNeedsACommand() throws IOException {
		Files.writeString(this.directory.resolve("application.properties"), TestApplication.GOOD);
		String[] arguments = { "generate", "--app", this.directory.toString(), "--image", IMAGE };
		assertThat(Run.of(arguments).err()).startsWith("--command is missing: ");
		List<String> more = new ArrayList<>(List.of(arguments));
		more.addAll(List.of("--command", "java -jar /app/digits.jar", "--env", "SERVER_PORT=8001", "--env", "EMPTY="));
		Run run = Run.of(more.toArray(String[]::new));
		assertThat(run.code()).isZero();
		assertThat(DescriptorReader.read(run.out()).containers().get(0)).satisfies((container) -> {
			assertThat(container.port()).isEqualTo(8001);
			assertThat(container.command()).isEqualTo("java -jar /app/digits.jar");
			assertThat(container.env()).hasSize(2);
		});
	}

	@Test
	void applicationThatCannotRunOnEasIsOneLineAndExitsWith1() {
		Run run = generate(TestApplication.GOOD.replace("8000", "8080"));
		assertThat(run).isEqualTo(new Run(1, "", "eas-deployment: server.port is 8080, which belongs to the engine of "
				+ "EAS: set it to another port, such as 8000\n"));
	}

	@Test
	void descriptorThatFailsValidationIsNotWritten() {
		Path file = this.directory.resolve("service.json");
		Run run = Run.of("generate", "--app", TestApplication.jar(this.directory, TestApplication.GOOD).toString(),
				"--image", "docker.io/models/digits:1.0", "-o", file.toString());
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.err()).contains("service.json:", " error image-registry containers[0].image: ");
		assertThat(file).doesNotExist();
	}

	@Test
	void existingFileIsReplacedOnlyOnRequest() throws IOException {
		Path file = Files.writeString(this.directory.resolve("service.json"), "mine");
		Run run = generate(TestApplication.GOOD, "-o", file.toString());
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).startsWith(file + " is there already: --force replaces it\n");
		assertThat(file).hasContent("mine");
		assertThat(generate(TestApplication.GOOD, "--force", "-o", file.toString()).code()).isZero();
		assertThat(DescriptorReader.read(file).metadata().name()).isEqualTo("digits");
	}

	@Test
	void unreadableOrUnwritableFileExitsWith2() throws IOException {
		assertThat(Run.of("generate", "--app", "none.jar", "--image", IMAGE))
			.isEqualTo(new Run(2, "", "eas-deployment: none.jar can't be read: there is no such file or directory\n"));
		Path text = Files.writeString(this.directory.resolve("text.jar"), "text");
		assertThat(Run.of("generate", "--app", text.toString(), "--image", IMAGE))
			.isEqualTo(new Run(2, "", "eas-deployment: " + text + " can't be read: it isn't a jar\n"));
		Path yaml = Files.writeString(this.directory.resolve("application.yml"), "server.port: 8000");
		assertThat(Run.of("generate", "--app", yaml.toString(), "--image", IMAGE))
			.isEqualTo(new Run(2, "", "eas-deployment: " + yaml + " can't be read: it isn't a jar\n"));
		Path nowhere = this.directory.resolve("none/service.json");
		assertThat(generate(TestApplication.GOOD, "-o", nowhere.toString())).isEqualTo(new Run(2, "",
				"eas-deployment: " + nowhere + " can't be written: there is no such file or directory\n"));
	}

	@Test
	void wrongUsageExitsWith2() {
		assertThat(generate(TestApplication.GOOD, "--instances", "0").err())
			.startsWith("instances must be 1 or more, was 0\n");
		assertThat(generate(TestApplication.GOOD, "--profile", "a", "--env", "SPRING_PROFILES_ACTIVE=b").code())
			.isEqualTo(2);
		assertThat(generate(TestApplication.GOOD, "--env", "NONSENSE").code()).isEqualTo(2);
		assertThat(Run.of("generate", "--image", IMAGE).code()).isEqualTo(2);
	}

	private Run generate(String properties, String... more) {
		List<String> arguments = new ArrayList<>(List.of("generate", "--app",
				TestApplication.jar(this.directory, properties).toString(), "--image", IMAGE));
		arguments.addAll(List.of(more));
		return Run.of(arguments.toArray(String[]::new));
	}

}
