package io.eas.discovery.probe;

import java.net.URI;
import java.time.Duration;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

/**
 * Prober that sends a GET request, which passes with a status from 200 to 399. Redirects
 * to the same host, with any port, are followed. A redirect to another host isn't
 * followed: the check passes, but its result is marked as dubious. A response that breaks
 * off, or isn't complete in time, fails.
 *
 * <p>
 * Source: kubernetes {@code pkg/probe/http}.
 */
public final class HttpGetProber implements Prober {

	private static final int REDIRECTS = 10;

	private final HttpGetExchange get;

	private final String path;

	private final @Nullable Integer port;

	private final Duration timeout;

	private final Scheduler scheduler;

	/**
	 * Creates a prober.
	 * @param client the HTTP client, without a connection pool
	 * @param path the path with an optional query, in its encoded form
	 * @param port the port, or null for the port of the instance
	 * @param timeout the maximum duration of a health check, including redirects and the
	 * body
	 * @param scheduler runs the timeout
	 */
	public HttpGetProber(HttpClient client, String path, @Nullable Integer port, Duration timeout,
			Scheduler scheduler) {
		this.get = new HttpGetExchange(client);
		this.path = path;
		this.port = port;
		this.timeout = timeout;
		this.scheduler = scheduler;
	}

	@Override
	public Mono<ProbeResult> probe(EasInstance instance) {
		return Mono.defer(() -> ask(instance))
			.onErrorResume(ProbeFailures::areTheirs, (ex) -> Mono.just(failed(": " + ProbeFailures.describe(ex))))
			.timeout(this.timeout,
					Mono.fromSupplier(() -> failed(": no whole answer within " + this.timeout.toMillis() + " ms")),
					this.scheduler);
	}

	private Mono<ProbeResult> ask(EasInstance instance) {
		int asked = (this.port != null) ? this.port : instance.port();
		String address = new EasInstance(instance.host(), asked, 0).address();
		return this.get.once(instance.host(), asked, URI.create("http://" + address + this.path))
			.flatMap((answer) -> judge(answer, 0));
	}

	private Mono<ProbeResult> judge(HttpAnswer answer, int redirects) {
		URI next = answer.next();
		if (next == null) {
			String what = " answered " + answer.status() + ((redirects == 0) ? "" : " after redirects: " + redirects);
			return Mono.just(answer.hasPassed() ? passed(what, false) : failed(what));
		}
		if (!answer.staysOnHost(next)) {
			return Mono.just(
					passed(" was redirected to another host, " + next + ": not followed, and taken for passed", true));
		}
		if (redirects == REDIRECTS) {
			return Mono.just(failed(": more than " + REDIRECTS + " redirects"));
		}
		return this.get.once(next).flatMap((further) -> judge(further, redirects + 1));
	}

	private ProbeResult passed(String what, boolean dubious) {
		return new ProbeResult.Passed("GET " + this.path + what, dubious);
	}

	private ProbeResult failed(String what) {
		return new ProbeResult.Failed("GET " + this.path + what);
	}

	@Override
	public String toString() {
		return "GET " + this.path;
	}

}
