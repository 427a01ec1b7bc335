package io.eas.deployment.generation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod.HttpGet;
import io.eas.deployment.model.OtherKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The libraries of an application tell which stack serves, and so which path counts.
 */
class WebStackTests {

	private static final String WEBFLUX = "spring-webflux-7.0.1.jar reactor-netty-http-1.3.0.jar";

	private static final String WEBMVC = "spring-webmvc-7.0.1.jar tomcat-embed-core-11.0.1.jar";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { WEBFLUX + " | server.servlet.context-path=/ctx | /livez",
					WEBFLUX + " | spring.mvc.servlet.path=/mvc | /livez",
					WEBFLUX + " | server.servlet.context-path=/ctx;spring.webflux.base-path=/flux | /flux/livez",
					WEBMVC + " | server.servlet.context-path=/ctx;spring.webflux.base-path=/flux | /ctx/livez",
					WEBMVC + " | spring.webflux.base-path=/flux | /livez",
					WEBMVC + " " + WEBFLUX + " | server.servlet.context-path=/ctx | /ctx/livez",
					"jersey-container-servlet-4.0.0.jar " + WEBFLUX
							+ " | server.servlet.context-path=/ctx | /ctx/livez",
					WEBMVC + " | spring.main.web-application-type=reactive;server.servlet.context-path=/ctx | /livez",
					"spring-core-7.0.1.jar | server.servlet.context-path=/ctx | /ctx/livez" })
	void onlyTheContextPathOfTheServingStackCounts(String libraries, String settings, String path) {
		assertThat(generate(libraries, settings).descriptor().containers().get(0).check(CheckKind.LIVENESS).method())
			.isEqualTo(new HttpGet(path, 8000, OtherKeys.NONE));
	}

	@Test
	void theLibrariesOfAWarCountToo() throws IOException {
		Map<String, String> files = Map.of("WEB-INF/classes/application.properties",
				TestApplication.GOOD + "server.servlet.context-path=/ctx", "WEB-INF/lib/spring-webflux-7.0.1.jar", "",
				"WEB-INF/lib-provided/spring-boot-actuator-4.1.2.jar", "");
		TestRequest request = new TestRequest(TestApplication.jar(this.directory, files));
		assertThat(DescriptorGenerator.generate(request.build())
			.descriptor()
			.containers()
			.get(0)
			.check(CheckKind.READINESS)
			.method()).isEqualTo(new HttpGet("/readyz", 8000, OtherKeys.NONE));
	}

	@Test
	void ignoredContextPathIsReported() {
		assertThat(generate(WEBFLUX, "server.servlet.context-path=/ctx").warnings())
			.containsExactly("server.servlet.context-path is /ctx, which has no effect in a reactive application: set "
					+ "spring.webflux.base-path if the path is meant, or remove it");
		assertThat(generate(WEBMVC, "spring.webflux.base-path=/flux").warnings())
			.containsExactly("spring.webflux.base-path is /flux, which has no effect in a servlet application: set "
					+ "server.servlet.context-path if the path is meant, or remove it");
		assertThat(generate(WEBMVC, "server.servlet.context-path=/ctx").warnings()).isEmpty();
	}

	private GenerationResult generate(String libraries, String settings) {
		Map<String, String> files = new LinkedHashMap<>();
		files.put("BOOT-INF/classes/application.properties", TestApplication.GOOD + settings.replace(';', '\n'));
		List.of(libraries.split(" ")).forEach((library) -> files.put("BOOT-INF/lib/" + library, ""));
		files.put("BOOT-INF/lib/spring-boot-actuator-4.1.2.jar", "");
		files.put("BOOT-INF/lib/eas-spring-boot-autoconfigure-0.1.0.jar", "");
		try {
			return DescriptorGenerator.generate(new TestRequest(TestApplication.jar(this.directory, files)).build());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
