package io.eas.discovery.probe;

import java.net.URI;
import java.time.Duration;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

/**
 * Checks by a GET, which has passed with a status from 200 to 399. Redirects on the same
 * host are followed, on whichever port; one to another host is not, and has passed, but
 * is dubious. An answer that breaks off, or isn't whole in time, has failed.
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
	 * Checks by a GET.
	 * @param client connects; not pooled
	 * @param path the path, with a query if need be, as it is put on the wire
	 * @param port the port, or null for that of the instance
	 * @param timeout the longest a check may take, redirects and body included
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
