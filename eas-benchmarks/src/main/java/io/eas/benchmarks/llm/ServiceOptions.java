package io.eas.benchmarks.llm;

import java.nio.file.Path;

import io.eas.Eas;
import io.eas.client.auth.AuthScheme;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options for the service on EAS to which requests are sent. Set by picocli.
 */
@SuppressWarnings("NullAway.Init") // picocli sets the required options
final class ServiceOptions {

	@Option(names = "--endpoint", paramLabel = "<host>", required = true,
			description = "Sends the requests to a service behind this endpoint, instead of simulating them.")
	private String endpoint;

	@Option(names = "--service", paramLabel = "<name>", required = true, description = "Name of the service.")
	private String service;

	@Option(names = "--model", paramLabel = "<name>", required = true, description = "Name of the model.")
	private String model;

	@Option(names = "--token-file", paramLabel = "<file>", description = "File with the token of the service.")
	private @Nullable Path tokenFile;

	@Option(names = "--auth-scheme", paramLabel = "<scheme>", defaultValue = "BEARER",
			description = "How the token is sent: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
	private AuthScheme scheme;

	String model() {
		return this.model;
	}

	/** Adds the service to a client. */
	Eas.Builder addTo(Eas.Builder builder, String alias) {
		builder.endpoint(this.endpoint)
			.authScheme(this.scheme)
			.service(alias, (added) -> added.serviceName(this.service));
		if (this.endpoint.startsWith("127.") || this.endpoint.startsWith("localhost")) {
			// a local EAS, whose instances are on this machine, too
			builder.discovery((discovery) -> discovery.allowedNetworks("127.0.0.0/8"));
		}
		return (this.tokenFile != null) ? builder.tokenFile(this.tokenFile) : builder;
	}

	@Override
	public String toString() {
		return this.service + " at " + this.endpoint;
	}

}
