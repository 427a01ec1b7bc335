package io.eas.discovery;

import java.time.Duration;
import java.util.List;

import io.eas.http.BodyBytes;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.resolver.dns.DnsErrorCauseException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

import static io.netty.handler.codec.dns.DnsResponseCode.NXDOMAIN;

/**
 * Asks the discovery API of an EAS endpoint: one GET a subscription, and a second one to
 * the next path where the first doesn't exist. Redirects are not followed, since the
 * answer decides where tokens are sent. Thread-safe.
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
	 * A discovery API.
	 * @param client connects; its base URL is the endpoint
	 * @param endpoint the endpoint as shown in messages
	 * @param paths the paths to ask, the first that doesn't answer 404 is kept; not empty
	 * @param timeout the longest a poll may take from start to last byte, all paths
	 * included
	 * @param maxResponseSize the most bytes to read
	 * @param allowedNetworks where instances may be
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
			// operators would throw it on, and the poll would seem to get no answer
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
				: new DiscoveryException(asked + failure, failure);
	}

	/** Only a name server that says so knows that there is no such host. */
	private static boolean isUnknownHost(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof DnsErrorCauseException said && said.getCode().equals(NXDOMAIN)) {
				return true;
			}
		}
		return false;
	}

	/** This path doesn't exist; another may. */
	private static final class PathNotFoundException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		PathNotFoundException() {
			super("status 404, is the name of the service right, and the endpoint (or uid and region-id)?", null, false,
					false);
		}

	}

}
