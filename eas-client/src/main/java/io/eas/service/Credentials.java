package io.eas.service;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;

import io.eas.client.auth.AuthScheme;
import io.eas.client.auth.EasTokenSupplier;
import io.eas.client.auth.SuppliedToken;
import io.eas.client.auth.TokenFile;
import io.eas.client.auth.TokenSource;
import io.eas.settings.InvalidSettingException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The credentials with which the calls of a service are sent.
 *
 * @param scheme the authentication scheme
 * @param token the source of the token, or null if calls are sent without a token
 */
record Credentials(AuthScheme scheme, @Nullable TokenSource token) {

	private static final Log log = LogFactory.getLog(Credentials.class);

	/**
	 * Creates the credentials from settings. Reads the token file, and logs a warning if
	 * there is neither a token nor a scheme.
	 * @param alias the alias of the service, for the log
	 * @param settings the settings of the service
	 * @param known the source of the token that is already in use, or null
	 * @param scheduler the scheduler that requests the token from a supplier
	 * @throws InvalidSettingException if the token is missing or can't be used
	 */
	static Credentials of(String alias, ServiceSettings settings, @Nullable TokenSource known, Scheduler scheduler) {
		TokenSource token = token(alias, settings, known, scheduler);
		AuthScheme scheme = settings.authScheme();
		if (scheme == null && token == null) {
			log.warn(alias + ": no token is configured, so calls are sent without credentials; set token, or "
					+ "set auth.scheme to 'none' if this is intended");
			return new Credentials(AuthScheme.NONE, null);
		}
		if (scheme != null && scheme != AuthScheme.NONE && token == null) {
			throw new InvalidSettingException("auth.scheme", scheme.name().toLowerCase(Locale.ROOT),
					"be 'none' where there is no token",
					"Set token or token-file, provide an EasTokenSupplier, or set the scheme to 'none'.");
		}
		return new Credentials((scheme != null) ? scheme : AuthScheme.SIGNATURE, token);
	}

	private static @Nullable TokenSource token(String alias, ServiceSettings settings, @Nullable TokenSource known,
			Scheduler scheduler) {
		EasTokenSupplier supplier = settings.tokenSupplier();
		if (supplier != null && settings.authScheme() == AuthScheme.NONE) {
			return null; // no token is sent, so the supplier isn't asked for one
		}
		if (known != null) {
			return known;
		}
		return (supplier != null) ? new SuppliedToken(supplier, alias, Schedulers.boundedElastic(), scheduler)
				: token(settings);
	}

	private static @Nullable TokenSource token(ServiceSettings settings) {
		String file = settings.tokenFile();
		if (file != null) {
			return read(file);
		}
		String token = settings.token();
		if (token == null) {
			return null;
		}
		if (token.startsWith("${")) {
			throw new InvalidSettingException("token", "a placeholder that nothing resolves", "be the token itself",
					"Set the environment variable or property that the placeholder names.");
		}
		try {
			return TokenSource.fixed(token);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidSettingException("token", "******", "have only visible ASCII characters",
					"Copy the token from the service's details page as it is.");
		}
	}

	private static TokenSource read(String file) {
		try {
			return TokenFile.read(Path.of(file));
		}
		catch (UncheckedIOException | IllegalArgumentException ex) {
			throw new InvalidSettingException("token-file", "'" + file + "'", "be a readable file that holds the token",
					"The file can't be used: " + ex.getMessage());
		}
	}

	@Override
	public String toString() {
		return "credentials of scheme " + this.scheme;
	}

}
