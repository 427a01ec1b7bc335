package io.eas.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.eas.client.EasClient;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.instance.InstanceList;
import io.eas.service.EasServices;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/**
 * Applications under test that keep their last good lists on disk.
 */
final class Snapshots {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private Snapshots() {
	}

	/**
	 * An application with the service {@code echo} of a local EAS.
	 */
	static ApplicationContextRunner application(EasEmulator eas, Path directory, String... properties) {
		return LocalEas
			.application(eas, "eas.discovery.snapshot.enabled=true", "eas.discovery.snapshot.directory=" + directory)
			.withPropertyValues(properties);
	}

	/**
	 * The snapshots in a directory.
	 */
	static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> file.toString().endsWith(".json")).toList();
		}
	}

	static InstanceList list(ApplicationContext context) {
		return context.getBean(EasServices.class).service("echo").cache().current();
	}

	static String call(ApplicationContext context) {
		return context.getBean(EasClient.class).predict("hello", String.class).block(PATIENCE);
	}

}
