package io.eas.autoconfigure;

import io.eas.properties.EasServerProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * Hints for a native image: {@link ServerEnvironment} binds the properties itself, and
 * {@link ProbeLocations} looks for Actuator by a class name.
 */
final class ServerHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(EasServerProperties.class).registerHints(hints, classLoader);
		hints.reflection().registerTypeIfPresent(classLoader, ProbeLocations.ACTUATOR);
	}

}
