package io.eas.deployment.generation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Applications as small as can be: settings, in a jar as Spring Boot packages it.
 */
public final class TestApplication {

	/** An application that can be run on EAS. */
	public static final String GOOD = """
			server.port=8000
			spring.application.name=digits
			eas.server.enabled=true
			management.endpoint.health.probes.add-additional-paths=true
			""";

	private TestApplication() {
	}

	/**
	 * A jar with these settings.
	 */
	public static Path jar(Path directory, String properties) {
		return jar(directory, Map.of("BOOT-INF/classes/application.properties", properties));
	}

	/**
	 * A jar with these files.
	 */
	public static Path jar(Path directory, Map<String, String> files) {
		Path jar = directory.resolve("app.jar");
		try (OutputStream out = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(out)) {
			for (Map.Entry<String, String> file : files.entrySet()) {
				zip.putNextEntry(new ZipEntry(file.getKey()));
				zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
				zip.closeEntry();
			}
			return jar;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The model service of the samples, with its settings as they are.
	 */
	public static Path sampleModel(Path directory) {
		try (InputStream settings = TestApplication.class.getResourceAsStream("/sample-model/application.yml")) {
			Map<String, String> files = new LinkedHashMap<>();
			files.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nSpring-Boot-Version: 4.1.2\n");
			files.put("BOOT-INF/classes/application.yml", new String(settings.readAllBytes(), StandardCharsets.UTF_8));
			files.put("BOOT-INF/lib/spring-boot-actuator-autoconfigure-4.1.2.jar", "");
			return jar(directory, files);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
