package io.eas.test.local;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.eas.client.auth.AuthScheme;
import io.eas.deployment.model.ServiceDescriptor;
import io.eas.deployment.reader.DescriptorReader;
import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatorBuilder;
import io.eas.emulator.InstanceBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.util.ResourceUtils;

/**
 * A service, from its {@link LocalEas.Service} description and the application's
 * configuration.
 *
 * @param described the description
 * @param name the name of the service on EAS
 * @param token the token that calls must have, or null if the application sends none
 * @param file the {@code service.json}, or null
 */
record LocalService(LocalEas.Service described, String name, @Nullable String token, @Nullable Path file) {

	private static final String TOKEN = "local-eas";

	/**
	 * Completes a description from the configuration of the application.
	 * @param described the description
	 * @param properties binds the properties of the application
	 * @throws IllegalArgumentException if the description contradicts itself, or if its
	 * file doesn't exist
	 */
	static LocalService of(LocalEas.Service described, Binder properties) {
		check(described);
		String prefix = "eas.services." + described.alias() + ".";
		AuthScheme scheme = properties.bind(prefix + "auth.scheme", AuthScheme.class)
			.orElseGet(() -> properties.bind("eas.auth.scheme", AuthScheme.class).orElse(AuthScheme.SIGNATURE));
		Path file = described.serviceJson().isEmpty() ? null : file(described);
		String name = (file != null) ? DescriptorReader.read(file).metadata().name() : null;
		String configured = (name != null) ? name
				: properties.bind(prefix + "service-name", String.class).orElse(described.alias());
		return new LocalService(described, configured, (scheme != AuthScheme.NONE) ? TOKEN : null, file);
	}

	private static void check(LocalEas.Service described) {
		boolean handled = described.handler() != EmulatedHandler.class;
		boolean runs = described.command().length > 0;
		boolean deployed = !described.serviceJson().isEmpty();
		if ((handled ? 1 : 0) + (runs ? 1 : 0) + (deployed ? 1 : 0) > 1) {
			throw invalid(described, "has more than one of handler, command and serviceJson; keep one of them");
		}
		if (!described.readyPath().isEmpty() && !runs) {
			throw invalid(described, "has a readyPath, but no command that could be ready; remove the path");
		}
		if (!described.directory().isEmpty() && !deployed) {
			throw invalid(described, "has a directory, but no serviceJson whose command runs there; remove it");
		}
		if (described.instances() < 0) {
			throw invalid(described, "has instances = " + described.instances() + "; it must be 0 or more");
		}
	}

	private static Path file(LocalEas.Service described) {
		try {
			Path file = ResourceUtils.getFile(described.serviceJson()).toPath();
			if (Files.isRegularFile(file)) {
				return file;
			}
			throw invalid(described, "has serviceJson = '" + described.serviceJson() + "', but there is no file "
					+ file.toAbsolutePath() + "; write a path from that directory, or classpath:…");
		}
		catch (FileNotFoundException ex) {
			throw invalid(described, "has serviceJson = '" + described.serviceJson() + "': " + ex.getMessage());
		}
	}

	private static IllegalArgumentException invalid(LocalEas.Service described, String problem) {
		return new IllegalArgumentException("@LocalEas.Service(alias = \"" + described.alias() + "\") " + problem);
	}

	String alias() {
		return this.described.alias();
	}

	/** Returns the properties that connect the application's service to this one. */
	Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		String prefix = "eas.services." + alias() + ".";
		properties.put(prefix + "service-name", this.name);
		properties.put(prefix + "discovery.allowed-networks", "127.0.0.0/8");
		if (this.token != null) {
			properties.put(prefix + "token", this.token);
			properties.put(prefix + "token-file", "");
		}
		return properties;
	}

	/**
	 * Adds this service to an emulator.
	 * @param emulator the builder of the emulator
	 * @param handlers creates handlers
	 */
	void addTo(EmulatorBuilder emulator, Function<Class<? extends EmulatedHandler>, EmulatedHandler> handlers) {
		if (this.file != null) {
			deploy(emulator, this.file, DescriptorReader.read(this.file));
			return;
		}
		EmulatedHandler handler = (this.described.handler() != EmulatedHandler.class)
				? handlers.apply(this.described.handler()) : EmulatedHandler.echo();
		emulator.service(this.name, (service) -> service.token(this.token)
			.instances(Math.max(1, this.described.instances()), (instance) -> describe(instance.handler(handler))));
	}

	private void describe(InstanceBuilder instance) {
		instance.command(List.of(this.described.command()));
		if (!this.described.readyPath().isEmpty()) {
			instance.readyPath(this.described.readyPath());
		}
	}

	private void deploy(EmulatorBuilder emulator, Path file, ServiceDescriptor descriptor) {
		emulator.deploy(descriptor, (deployment) -> {
			deployment.token(this.token)
				.directory(this.described.directory().isEmpty() ? file.toAbsolutePath().resolveSibling("").normalize()
						: Path.of(this.described.directory()));
			if (this.described.instances() > 0) {
				deployment.instances(this.described.instances());
			}
		});
	}

}
