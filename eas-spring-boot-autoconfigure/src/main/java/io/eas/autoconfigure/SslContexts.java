package io.eas.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import io.eas.settings.InvalidSettingException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The TLS contexts of SSL bundles. A context is created for the first service that needs
 * it, and replaced when its bundle is reloaded. Thread-safe.
 */
final class SslContexts {

	private static final Log log = LogFactory.getLog(SslContexts.class);

	private final @Nullable SslBundles bundles;

	private final Environment environment;

	private final Map<String, AtomicReference<SslContext>> contexts = new ConcurrentHashMap<>();

	SslContexts(@Nullable SslBundles bundles, Environment environment) {
		this.bundles = bundles;
		this.environment = environment;
	}

	/**
	 * Returns the supplier of the context for a bundle.
	 * @param configured the bundle of the service, or null for the bundle of Spring
	 * Boot's own HTTP clients
	 * @return the supplier, or null for the JVM's default
	 * @throws InvalidSettingException if there is no bundle with the configured name; the
	 * exception names the setting relative to the group {@code http}
	 */
	@Nullable Supplier<SslContext> get(@Nullable String configured) {
		if (StringUtils.hasText(configured)) {
			if (this.bundles == null || !this.bundles.getBundleNames().contains(configured)) {
				throw new InvalidSettingException("ssl.bundle", "'" + configured + "'", "be the name of an SSL bundle",
						"Define it under spring.ssl.bundle; there are "
								+ ((this.bundles != null) ? this.bundles.getBundleNames() : "none") + " so far.");
			}
			return context(this.bundles, configured);
		}
		String shared = Stream.of("spring.http.clients.ssl.bundle", "spring.http.reactiveclient.ssl.bundle")
			.map(this.environment::getProperty)
			.filter(StringUtils::hasText)
			.findFirst()
			.orElse(null);
		return (this.bundles != null && shared != null) ? context(this.bundles, shared) : null;
	}

	private Supplier<SslContext> context(SslBundles bundles, String name) {
		return () -> this.contexts.computeIfAbsent(name, (any) -> create(bundles, name)).get();
	}

	private static AtomicReference<SslContext> create(SslBundles bundles, String name) {
		AtomicReference<SslContext> context = new AtomicReference<>(create(bundles.getBundle(name)));
		bundles.addBundleUpdateHandler(name, (reloaded) -> {
			try {
				context.set(create(reloaded));
				log.info("EAS clients use the reloaded SSL bundle " + name + " for new connections");
			}
			catch (RuntimeException ex) {
				log.warn("The reloaded SSL bundle " + name + " can't be used; EAS clients keep the previous one", ex);
			}
		});
		return context;
	}

	private static SslContext create(SslBundle bundle) {
		SslManagerBundle managers = bundle.getManagers();
		SslOptions options = bundle.getOptions();
		try {
			return SslContextBuilder.forClient()
				.keyManager(managers.getKeyManagerFactory())
				.trustManager(managers.getTrustManagerFactory())
				.ciphers(SslOptions.asSet(options.getCiphers()))
				.protocols(options.getEnabledProtocols())
				.build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("The SSL bundle can't be used: " + ex.getMessage(), ex);
		}
	}

}
