package io.eas.autoconfigure;

import io.eas.properties.EasProperties;
import io.eas.properties.EasServiceProperties;
import io.eas.properties.ProbeProperties;
import io.eas.properties.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * What a native image must keep: {@link io.eas.properties.EasServicesBinder} binds the
 * properties itself, with values that Spring makes of strings by their {@code valueOf},
 * and the load balancer of an alias is named by its class.
 */
final class ClientHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(EasProperties.class, EasServiceProperties.class)
			.registerHints(hints, classLoader);
		hints.reflection()
			.registerType(Secret.class, MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerType(ProbeProperties.TcpSocket.class, MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerType(EasLoadBalancerConfiguration.class);
	}

}
