package io.eas.discovery;

import java.time.Duration;
import java.util.List;

import io.eas.http.BodyBytes;
import io.eas.http.Causes;
import io.eas.http.SecureConnect;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.resolver.dns.DnsErrorCauseException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

import static io.netty.handler.codec.dns.DnsResponseCode.NXDOMAIN;

/**
 * Calls the discovery API of an EAS endpoint. Each subscription sends one GET request,
 * and another one to the next path if a path doesn't exist. Redirects are not followed,
 * since the response decides where tokens are sent. Thread-safe.
 */
public final class HttpInstanceDiscovery implements InstanceDiscovery {

	private static final String UNKNOWN_HOST = "there is no such host; is the endpoint (or uid and region-id) right, "
			+ "and is this machine in the VPC?";

	private final HttpClient client;

	private final String endpoint;

	private final List<String> paths;

	private final Duration timeout;

	private final int maxResponseSize;

	private final UpstreamsReader reader;

	private final Scheduler scheduler;

	private volatile int known;

	/**
	 * Creates a client of a discovery API.
	 * @param client the HTTP client, whose base URL is the endpoint
	 * @param endpoint the endpoint as shown in messages
	 * @param paths the paths to try; the path that returned the last list is tried first;
	 * not empty
	 * @param timeout the maximum duration of a poll from its start to the last byte,
	 * including all paths
	 * @param maxResponseSize the maximum size of a response in bytes
	 * @param allowedNetworks the networks that instances may be in
	 * @param scheduler runs the timeout
	 */
	public HttpInstanceDiscovery(HttpClient client, String endpoint, List<String> paths, Duration timeout,
			int maxResponseSize, AllowedNetworks allowedNetworks, Scheduler scheduler) {
		this.client = client.followRedirect(false).disableRetry(true);
		this.endpoint = endpoint;
		this.paths = List.copyOf(paths);
		this.timeout = timeout;
		this.maxResponseSize = maxResponseSize;
		this.reader = new UpstreamsReader(allowedNetworks);
		this.scheduler = scheduler;
	}

	@Override
	public Mono<DiscoveryAnswer> discover() {
		return Mono.defer(() -> ask(this.known, this.paths.size())).timeout(this.timeout, timedOut(), this.scheduler);
	}

	private Mono<DiscoveryAnswer> ask(int index, int pathsLeft) {
		return this.client.get()
			.uri(this.paths.get(index))
			.response((response, body) -> read(response, body, index))
			.singleOrEmpty()
			.onErrorResume((failure) -> (failure instanceof PathNotFoundException && pathsLeft > 1)
					? ask((index + 1) % this.paths.size(), pathsLeft - 1) : Mono.error(explain(failure, index)));
	}

	private Mono<DiscoveryAnswer> read(HttpClientResponse response, ByteBufFlux body, int index) {
		if (response.status().equals(HttpResponseStatus.NOT_FOUND)) {
			return Mono.error(new PathNotFoundException());
		}
		if (!response.status().equals(HttpResponseStatus.OK)) {
			return Mono.error(new DiscoveryException("status " + response.status().code(), null));
		}
		return BodyBytes.collect(response, body, this.maxResponseSize).map((bytes) -> read(bytes, index));
	}

	private DiscoveryAnswer read(byte[] bytes, int index) {
		try {
			DiscoveryAnswer answer = this.reader.read(bytes);
			this.known = index;
			return answer;
		}
		catch (Error ex) {
			// Reactor's operators would rethrow a fatal error, and the poll would seem to
			// get no response
			throw new DiscoveryException("the answer can't be read: " + ex, ex);
		}
	}

	private Mono<DiscoveryAnswer> timedOut() {
		return Mono
			.error(() -> explain(new DiscoveryException("no answer within " + this.timeout.toMillis() + " ms", null),
					this.known));
	}

	private DiscoveryException explain(Throwable failure, int index) {
		String asked = "discovery at " + this.endpoint + this.paths.get(index) + ": ";
		if (failure instanceof PathNotFoundException) {
			return DiscoveryException.notFound(asked + failure.getMessage(), null);
		}
		if (failure instanceof DiscoveryException known) {
			return known.isNotFound() ? DiscoveryException.notFound(asked + known.getMessage(), known.getCause())
					: new DiscoveryException(asked + known.getMessage(), known.getCause());
		}
		return isUnknownHost(failure) ? DiscoveryException.notFound(asked + UNKNOWN_HOST, failure)
				: new DiscoveryException(asked + failure + SecureConnect.hint(failure), failure);
	}

	/**
	 * Returns whether a name server has responded that the host doesn't exist. Other
	 * failures of the name resolution don't prove that.
	 */
	private static boolean isUnknownHost(Throwable failure) {
		DnsErrorCauseException said = Causes.find(failure, DnsErrorCauseException.class);
		return said != null && said.getCode().equals(NXDOMAIN);
	}

	/** Exception thrown if a path doesn't exist, in which case the next path is tried. */
	private static final class PathNotFoundException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		PathNotFoundException() {
			super("status 404, is the name of the service right, and the endpoint (or uid and region-id)?", null, false,
					false);
		}

	}

}
