package io.eas.autoconfigure;

import io.eas.properties.EasProperties;
import io.eas.properties.EasServiceProperties;
import io.eas.properties.ProbeProperties;
import io.eas.properties.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * Hints for the reflection that Spring doesn't detect for a native image.
 * {@link io.eas.properties.EasServicesBinder} binds the properties itself, and Spring
 * converts strings by the method {@code valueOf} of some types. The load balancer
 * configuration of an alias is referenced by its class name, and the HTTP library behind
 * a request is read from private fields.
 */
final class ClientHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(EasProperties.class, EasServiceProperties.class)
			.registerHints(hints, classLoader);
		// the endpoint eas reads the records
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), EasServiceProperties.class);
		hints.reflection()
			.registerType(Secret.class, MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerType(ProbeProperties.TcpSocket.class, MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerType(EasLoadBalancerConfiguration.class)
			// io.eas.loadbalanced.Redirects reads these fields
			.registerType(TypeReference.of("org.springframework.http.client.InterceptingClientHttpRequest"),
					(type) -> type.withField("requestFactory"))
			.registerType(JdkClientHttpRequestFactory.class, (type) -> type.withField("httpClient"));
	}

}
