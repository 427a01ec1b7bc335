package io.eas.deployment.generation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod.HttpGet;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.Timings;
import io.eas.deployment.reader.DescriptorReader;
import io.eas.deployment.validation.DescriptorValidator;
import io.eas.deployment.writer.DescriptorWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is read from an application, and what becomes of it.
 */
class DescriptorGeneratorTests {

	private static final String PATHS = "management.endpoint.health.probes.add-additional-paths=true;";

	@TempDir
	private Path directory;

	@Test
	void theSampleModelGetsACompleteDescriptor() throws IOException {
		GenerationResult generated = generate(request(TestApplication.sampleModel(this.directory)).name("digits"));
		Metadata metadata = generated.descriptor().metadata();
		assertThat(metadata.name()).isEqualTo("digits");
		assertThat(metadata.enableWebservice()).isTrue();
		assertThat(metadata.rpc().enableSigterm()).isTrue();
		assertThat(metadata.terminationGracePeriod()).isEqualTo(59);
		Container container = container(generated);
		assertThat(container.port()).isEqualTo(8000);
		assertThat(container.command()).isEqualTo("java -jar app.jar");
		assertThat(container.check(CheckKind.STARTUP).method()).isEqualTo(get("/livez", 8000));
		assertThat(container.check(CheckKind.STARTUP).timings()).isEqualTo(new Timings(0, 2, 2, 1, 31));
		assertThat(container.check(CheckKind.LIVENESS).method()).isEqualTo(get("/livez", 8000));
		assertThat(container.check(CheckKind.LIVENESS).timings()).isEqualTo(new Timings(0, 10, 3, 1, 3));
		assertThat(container.check(CheckKind.READINESS).method()).isEqualTo(get("/readyz", 8000));
		assertThat(container.check(CheckKind.READINESS).timings()).isEqualTo(new Timings(0, 2, 2, 1, 2));
		assertThat(generated.warnings()).isEmpty();
		assertThat(DescriptorValidator.validate(generated.descriptor())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1S", "PT59S", "PT60S", "PT61S", "PT10M" })
	void generatedDescriptorPassesValidationWithoutFindings(Duration startTime) {
		GenerationResult generated = generate(
				request(TestApplication.jar(this.directory, TestApplication.GOOD)).startTime(startTime));
		assertThat(generated.warnings()).isEmpty();
		assertThat(DescriptorValidator.validate(DescriptorReader.parse(DescriptorWriter.write(generated.descriptor())),
				startTime))
			.isEmpty();
		assertThat(DescriptorValidator.validate(generated.descriptor())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.server.port=8001", "eas.server.drain-delay=0s",
			"eas.server.drain-delay=59m;spring.lifecycle.timeout-per-shutdown-phase=55s",
			"eas.server.drain-delay=0s;spring.lifecycle.timeout-per-shutdown-phase=0s",
			"eas.server.readiness-period=5m;eas.server.readiness-failure-threshold=11",
			"eas.server.readiness-period=1s;eas.server.readiness-failure-threshold=100" })
	void generatedDescriptorPassesValidationForAnySettings(String settings) {
		GenerationResult generated = generate(request(application(settings)).startTime(Duration.ofSeconds(20)));
		assertThat(generated.warnings()).hasSizeLessThan(2);
		assertThat(DescriptorValidator.validate(generated.descriptor())).isEmpty();
	}

	@Test
	void managementPortUsedByChecksIsWrittenToTheEnvironment() {
		GenerationResult generated = generate(request(application("management.server.port=8001")));
		assertThat(container(generated).env())
			.containsExactly(new Container.EnvironmentVariable("MANAGEMENT_SERVER_PORT", "8001", OtherKeys.NONE));
		assertThat(generated.warnings())
			.containsExactly("/actuator/health/liveness and /actuator/health/readiness are asked on the management "
					+ "port 8001, which doesn't test the port of the server itself: set "
					+ "management.endpoint.health.probes.add-additional-paths to true");
		assertThat(container(generate(request(application("management.server.port=8001;" + PATHS)))).env()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			// settings | liveness | readiness | port asked
			"management.endpoint.health.probes.add-additional-paths=true | /livez | /readyz | 8000",
			"'' | /actuator/health/liveness | /actuator/health/readiness | 8000",
			"management.endpoints.web.base-path=/ | /health/liveness | /health/readiness | 8000",
			"management.endpoints.web.base-path= | /health/liveness | /health/readiness | 8000",
			"management.server.port=8001;management.endpoints.web.base-path= | /health/liveness | /health/readiness | 8001",
			"management.endpoints.web.path-mapping.health= | /actuator/health/liveness | /actuator/health/readiness | 8000",
			"management.endpoints.web.base-path=/m/;management.endpoints.web.path-mapping.health=up "
					+ "| /m/up/liveness | /m/up/readiness | 8000",
			"server.servlet.context-path=/api/ | /api/actuator/health/liveness | /api/actuator/health/readiness | 8000",
			"server.servlet.contextPath=/api;spring.mvc.servlet.path=/mvc;" + PATHS
					+ " | /api/mvc/livez | /api/mvc/readyz | 8000",
			"spring.webflux.base-path=api;" + PATHS + " | /api/livez | /api/readyz | 8000",
			"server.servlet.context-path=/a;spring.webflux.base-path=/b;spring.main.web-application-type=reactive;"
					+ PATHS + " | /b/livez | /b/readyz | 8000",
			"server.servlet.context-path=/a;spring.webflux.base-path=/b;spring.main.web-application-type=servlet;"
					+ PATHS + " | /a/livez | /a/readyz | 8000",
			"management.endpoint.health.group.liveness.additional-path=server:/alive;" + PATHS
					+ " | /alive | /readyz | 8000",
			"management.server.port=8001;server.servlet.context-path=/api;management.server.base-path=/m "
					+ "| /m/actuator/health/liveness | /m/actuator/health/readiness | 8001",
			"management.server.port=8001;management.endpoint.health.group.liveness.additional-path=management:alive;"
					+ "management.endpoint.health.group.readiness.additional-path=management:/ready | /alive | /ready | 8001",
			"management.server.port=8000;" + PATHS + " | /livez | /readyz | 8000",
			"management.server.port=8001;" + PATHS + " | /livez | /readyz | 8000",
			"management.server.port=-1;" + PATHS + " | /livez | /readyz | 8000",
			"management.server.port=0;" + PATHS + " | /livez | /readyz | 8000",
			"management.server.port=-1;eas.server.liveness-path=/l;eas.server.readiness-path=/r | /l | /r | 8000",
			"eas.server.liveness-path=/l;eas.server.readiness-path=/r;management.endpoint.health.access=none "
					+ "| /l | /r | 8000" })
	void checksUseThePathsOfTheHealthGroups(String settings, String liveness, String readiness, int port) {
		Container container = container(generate(request(application(settings))));
		assertThat(container.port()).isEqualTo(8000);
		assertThat(container.check(CheckKind.STARTUP).method()).isEqualTo(get(liveness, port));
		assertThat(container.check(CheckKind.LIVENESS).method()).isEqualTo(get(liveness, port));
		assertThat(container.check(CheckKind.READINESS).method()).isEqualTo(get(readiness, port));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"server.port= | server.port is not set, so the application listens on 8080, which belongs to the engine of EAS: set it to another port, such as 8000",
			"server.port=8080 | server.port is 8080, which belongs to the engine of EAS: set it to another port, such as 8000",
			"server.port=0 | server.port is 0, but EAS must know the port for its health checks: set it to a port from 1 to 65535, such as 8000",
			"management.server.port=9090 | management.server.port is 9090, which belongs to the engine of EAS: set it to another port, such as 8000",
			"management.server.port=8080;management.endpoint.health.probes.add-additional-paths=true | management.server.port is 8080, which belongs to the engine of EAS: set it to another port, such as 8000",
			"management.server.port=0 | management.server.port is 0, but EAS must know the port for its health checks: set it to a port from 1 to 65535, such as 8000",
			"management.server.port=-1 | management.server.port is -1, which turns off the endpoints that health checks use: remove it",
			"server.address=127.0.0.1 | server.address is 127.0.0.1, which can be reached only from inside the container: set it to 0.0.0.0",
			"server.address=::1 | server.address is ::1, which can be reached only from inside the container: set it to 0.0.0.0",
			"server.address=localhost | server.address is localhost, which can be reached only from inside the container: set it to 0.0.0.0",
			"management.server.port=8001;management.server.address=127.0.0.1 | management.server.address is 127.0.0.1, which can be reached only from inside the container: set it to 0.0.0.0",
			"server.ssl.bundle=web | server.ssl is on, but a health check of EAS speaks plain HTTP: set server.ssl.enabled to false",
			"spring.main.web-application-type=none | spring.main.web-application-type is none, so the application serves nothing: set it to servlet or reactive",
			"management.endpoint.health.probes.enabled=false | The application doesn't answer health checks, because management.endpoint.health.probes.enabled is false: set it to true",
			"management.endpoints.web.exposure.include=info,metrics | The application doesn't answer health checks, because management.endpoints.web.exposure.include is info,metrics: add health",
			"management.endpoints.web.exposure.exclude=* | The application doesn't answer health checks, because management.endpoints.web.exposure.exclude is *: take health out of it",
			"management.endpoint.health.access=none | The application doesn't answer health checks, because management.endpoint.health.access is none: set it to read-only",
			"management.endpoints.access.default=none | The application doesn't answer health checks, because management.endpoints.access.default is none: set it to read-only",
			"management.endpoint.health.enabled=false | The application doesn't answer health checks, because management.endpoint.health.enabled is false: remove it",
			"server.servlet.context-path=/a;spring.webflux.base-path=/b | server.servlet.context-path leads to /a and spring.webflux.base-path to /b: set spring.main.web-application-type to servlet or reactive, to say which of them counts",
			"eas.server.readiness-period=500ms | eas.server.readiness-period must be whole seconds, from 1s, was 500ms",
			"eas.server.readiness-failure-threshold=0 | eas.server.readiness-failure-threshold must be from 1 to 100, was 0",
			"spring.lifecycle.timeout-per-shutdown-phase=2h | spring.lifecycle.timeout-per-shutdown-phase must be from 0s to 60m, was 7200000ms",
			"eas.server.drain-delay=60m | The shutdown of an instance, which takes eas.server.drain-delay (by default readiness-period x readiness-failure-threshold + 20s) plus spring.lifecycle.timeout-per-shutdown-phase, must be over within 3600s, was 3635s: shorten one of them",
			"eas.server.drain-delay=-1s | eas.server.drain-delay must be from 0s to 60m, was -1000ms",
			"spring.application.name= | The service has no name, as spring.application.name is not set: give one with --name" })
	void applicationThatCannotRunOnEasIsRefusedWithARemedy(String settings, String message) {
		assertThatExceptionOfType(GenerationException.class).isThrownBy(() -> generate(request(application(settings))))
			.withMessage(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "server.port=${PORT} | server.port can't be read: ",
					"server.port=${random.int[8000,9000]} | server.port can't be read: ",
					"server.port=many | server.port can't be read: " })
	void unreadableSettingIsNamed(String settings, String start) {
		assertThatExceptionOfType(GenerationException.class).isThrownBy(() -> generate(request(application(settings))))
			.withMessageStartingWith(start);
	}

	@Test
	void damagedFileIsReportedWithItsPositionButWithoutItsContent() {
		Path jar = TestApplication.jar(this.directory, Map.of("BOOT-INF/classes/application.properties",
				TestApplication.GOOD, "BOOT-INF/classes/application.yml", "spring:\n  a: 1\n password: hunter2\n"));
		assertThatExceptionOfType(GenerationException.class).isThrownBy(() -> generate(request(jar)))
			.withMessage("The settings of " + jar + " can't be read: /BOOT-INF/classes/application.yml: line 3, "
					+ "column 2: expected <block end>, but found '<block mapping start>'");
		Path properties = application("a=\\u00zz hunter2");
		assertThatExceptionOfType(GenerationException.class).isThrownBy(() -> generate(request(properties)))
			.withMessage("The settings of " + properties + " can't be read: "
					+ "/BOOT-INF/classes/application.properties: Malformed \\uxxxx encoding.");
	}

	@ParameterizedTest
	@CsvSource({ "nacos:app.yml, nacos:app.yml", "nacos:app?group=x, nacos:app?group=x",
			"file:/etc/app.yml, file:/etc/app.yml", "classpath:none.yml, classpath:none.yml",
			"configserver:http://me:hunter2@h, configserver:http://…@h" })
	void anImportThatIsNotInTheApplicationCanBeMadeOptional(String location, String shown) {
		Path application = application("spring.config.import=" + location);
		assertThatExceptionOfType(GenerationException.class).isThrownBy(() -> generate(request(application)))
			.withMessage("The settings of " + application + " can't be read: spring.config.import names " + shown
					+ ", which isn't in the application: write optional:" + shown
					+ ", and give what it sets with --env");
		GenerationResult generated = generate(request(application("spring.config.import=optional:" + location)));
		assertThat(container(generated).port()).isEqualTo(8000);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "'' | 85", "eas.server.drain-delay=12500ms | 50",
					"eas.server.readiness-period=5s;eas.server.readiness-failure-threshold=2 | 65",
					"spring.lifecycle.timeout-per-shutdown-phase=1m;eas.server.drain-delay=0s | 65" })
	void gracePeriodIncludesDrainAndShutdown(String settings, int seconds) {
		assertThat(generate(request(application(settings))).descriptor().metadata().terminationGracePeriod())
			.isEqualTo(seconds);
	}

	@Test
	void readinessCheckMatchesTheSettingsOfTheDrain() {
		Container container = container(generate(
				request(application("eas.server.readiness-period=1s;eas.server.readiness-failure-threshold=5"))));
		assertThat(container.check(CheckKind.READINESS).timings()).isEqualTo(new Timings(0, 1, 1, 1, 5));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"eas.server.enabled=false | eas.server.enabled is not true, so an instance that ends refuses requests that clients still send: add eas-spring-boot-starter and set eas.server.enabled to true",
			"server.shutdown=immediate | server.shutdown is immediate, so requests under way are broken off when an instance ends: set it to graceful",
			"management.server.port=8001;eas.server.readiness-path=/r | /actuator/health/liveness is asked on the management port 8001, which doesn't test the port of the server itself: set management.endpoint.health.probes.add-additional-paths to true" })
	void warnsOfSettingsThatCouldBeBetter(String settings, String warning) {
		assertThat(generate(request(application(settings))).warnings()).containsExactly(warning);
	}

	@Test
	void missingLibrariesAreReported() {
		Map<String, String> files = Map.of("BOOT-INF/classes/application.properties", TestApplication.GOOD,
				"BOOT-INF/lib/spring-core-7.0.10.jar", "");
		assertThatExceptionOfType(GenerationException.class)
			.isThrownBy(() -> generate(request(TestApplication.jar(this.directory, files))))
			.withMessage("The application doesn't answer health checks, because it has no Actuator: "
					+ "add spring-boot-starter-actuator");
		Map<String, String> more = Map.of("BOOT-INF/classes/application.properties", TestApplication.GOOD,
				"BOOT-INF/lib/spring-boot-actuator-4.1.2.jar", "");
		assertThat(generate(request(TestApplication.jar(this.directory, more))).warnings())
			.containsExactly("eas.server.enabled is true, but eas-spring-boot-starter isn't in the application, so "
					+ "its instances don't drain: add the starter");
	}

	@Test
	void olderSpringBootIsReported() {
		Map<String, String> files = Map.of("BOOT-INF/classes/application.properties", TestApplication.GOOD,
				"META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nSpring-Boot-Version: 3.3.1\n");
		assertThat(generate(request(TestApplication.jar(this.directory, files))).warnings()).singleElement()
			.asString()
			.startsWith("The application has Spring Boot 3.3.1, but the defaults of 4.1 were assumed: ");
	}

	@Test
	void environmentVariablesAreReadAndWritten() {
		GenerationResult generated = generate(request(application("server.port=${PORT:8000}"))
			.env(Map.of("PORT", "8123", "EAS_SERVER_DRAINDELAY", "5s")));
		assertThat(container(generated).port()).isEqualTo(8123);
		assertThat(container(generated).env())
			.contains(new Container.EnvironmentVariable("PORT", "8123", OtherKeys.NONE))
			.hasSize(2);
		assertThat(generated.descriptor().metadata().terminationGracePeriod()).isEqualTo(50);
	}

	@Test
	void settingsInTheCommandAreRead() {
		GenerationResult generated = generate(request(application("")).env(Map.of("SERVER_PORT", "8001"))
			.command(
					"java -Xmx2g -Dserver.port=8002 -Dserver.servlet.context-path=/d -jar /app/x.jar --server.port=8003"));
		assertThat(container(generated).port()).isEqualTo(8003);
		assertThat(container(generated).check(CheckKind.LIVENESS).method())
			.isEqualTo(get("/d/actuator/health/liveness", 8003));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "SPRING_APPLICATION_JSON | {\"server\": {\"port\": 8001}} | java -jar x.jar | 8001",
					"SPRING_APPLICATION_JSON | {\"server.port\": 8001} | java -Dserver.port=8002 -jar x.jar | 8001",
					"SPRING_APPLICATION_JSON | {\"server.port\": 8001} | java -jar x.jar --server.port=8002 | 8002",
					"OTHER | x | java -Dspring.application.json={\"server.port\":8001} -jar x.jar | 8001",
					"JAVA_TOOL_OPTIONS | -Xmx1g -Dserver.port=8001 | java -jar x.jar | 8001",
					"JDK_JAVA_OPTIONS | \"-Dserver.port=8001\" -Xmx1g | java -jar x.jar | 8001",
					"JDK_JAVA_OPTIONS | -Dserver.port=8001 | java -Dserver.port=8002 -jar x.jar | 8002",
					"JDK_JAVA_OPTIONS | --server.port=8001 | java -jar x.jar | 8000",
					"OTHER | x | sh -c \"java -jar x.jar --server.port=8001\" | 8001",
					"OTHER | x | java -jar x.jar --server.port=\"8001\" | 8001",
					"OTHER | x | java -jar x.jar '--server.port=8001' | 8001",
					"OTHER | x | java '-Dserver.port=8001' -jar x.jar | 8001" })
	void startCommandIsReadAsInAContainer(String name, String value, String command, int port) {
		GenerationResult generated = generate(request(application("")).env(Map.of(name, value)).command(command));
		assertThat(container(generated).port()).isEqualTo(port);
	}

	@Test
	void invalidJsonInAVariableIsReported() {
		Path application = application("");
		TestRequest request = request(application).env(Map.of("SPRING_APPLICATION_JSON", "{hunter2"));
		assertThatExceptionOfType(GenerationException.class).isThrownBy(() -> generate(request))
			.withMessage("The settings of " + application + " can't be read: SPRING_APPLICATION_JSON isn't JSON");
	}

	@Test
	void profilesAreReadAndWritten() {
		Path jar = TestApplication.jar(this.directory, Map.of("BOOT-INF/classes/application.properties",
				TestApplication.GOOD, "BOOT-INF/classes/config/application-eas.yml", "server.port: 8444"));
		Container container = container(generate(request(jar).profiles(List.of("eas"))));
		assertThat(container.port()).isEqualTo(8444);
		assertThat(container.env())
			.containsExactly(new Container.EnvironmentVariable("SPRING_PROFILES_ACTIVE", "eas", OtherKeys.NONE));
		assertThatIllegalArgumentException().isThrownBy(
				() -> generate(request(jar).profiles(List.of("eas")).env(Map.of("SPRING_PROFILES_ACTIVE", "other"))));
	}

	@Test
	void settingsOfADirectoryMayBeInItsConfigFolder() throws IOException {
		Files.createDirectory(this.directory.resolve("config"));
		Files.writeString(this.directory.resolve("application.properties"), TestApplication.GOOD);
		Files.writeString(this.directory.resolve("config/application.yml"), "server:\n  port: 8555\n");
		assertThat(container(generate(request(this.directory).command("java -jar x.jar"))).port()).isEqualTo(8555);
	}

	@Test
	void directoryWithoutSettingsIsReported() throws IOException {
		Path empty = Files.createDirectory(this.directory.resolve("empty"));
		TestRequest request = request(empty).name("digits").command("java -jar x.jar");
		assertThatExceptionOfType(GenerationException.class).isThrownBy(() -> generate(request))
			.withMessage("There is neither application.properties nor application.yml in " + empty
					+ " or its config, and server.port isn't set otherwise: give the jar, or the directory that has one");
		assertThat(container(generate(request.env(Map.of("SERVER_PORT", "8000")))).port()).isEqualTo(8000);
	}

	@Test
	void settingsOfThisMachineAreIgnored() {
		System.setProperty("server.port", "8666");
		try {
			assertThat(container(generate(request(application("")))).port()).isEqualTo(8000);
		}
		finally {
			System.clearProperty("server.port");
		}
	}

	@Test
	void nameIsConvertedToAValidServiceName() {
		assertThat(generate(request(application("spring.application.name=Digit-Classifier"))).descriptor()
			.metadata()
			.name()).isEqualTo("digit_classifier");
	}

	@Test
	void missingApplicationIsAnIoException() {
		assertThatExceptionOfType(NoSuchFileException.class)
			.isThrownBy(() -> DescriptorGenerator.generate(request(this.directory.resolve("none.jar")).build()));
	}

	private Path application(String settings) {
		String good = TestApplication.GOOD.replaceFirst("management\\S+", "");
		return TestApplication.jar(this.directory, good + settings.replace(';', '\n') + "\n");
	}

	private static TestRequest request(Path application) {
		return new TestRequest(application);
	}

	private static GenerationResult generate(TestRequest request) {
		try {
			return DescriptorGenerator.generate(request.build());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Container container(GenerationResult generated) {
		return generated.descriptor().containers().get(0);
	}

	private static HttpGet get(String path, int port) {
		return new HttpGet(path, port, OtherKeys.NONE);
	}

}
