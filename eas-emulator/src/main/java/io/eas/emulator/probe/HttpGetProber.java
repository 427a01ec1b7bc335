package io.eas.emulator.probe;

import java.net.URI;
import java.time.Duration;

import io.eas.emulator.net.Network;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * {@code http_get}: passed with a status from 200 to 399. Redirects on the same host are
 * followed, on whichever port; one to another host is not, and has passed, with a word of
 * warning.
 *
 * <p>
 * Source: kubernetes {@code pkg/probe/http}. Unlike the kubelet, which holds them for
 * errors of its own and discards them, this counts an answer as failed that breaks off or
 * runs out of time within its body: that is the instance's doing. And it follows ten
 * redirects, where the kubelet gives up on the tenth.
 */
final class HttpGetProber {

	private static final int REDIRECTS = 10;

	private final HttpGet get;

	private final Scheduler scheduler;

	HttpGetProber(Network network) {
		this.get = new HttpGet(network);
		this.scheduler = network.scheduler();
	}

	Mono<ProbeResult> probe(String path, int port, Duration timeout) {
		String asked = "GET " + path;
		return follow(asked, HttpGet.uri(path, port), 0)
			.onErrorResume(NetworkErrors::areTheirs,
					(ex) -> Mono.just(new ProbeResult.Failure(asked + ": " + NetworkErrors.describe(ex))))
			.timeout(timeout, Mono.fromSupplier(
					() -> new ProbeResult.Failure(asked + ": no whole answer within " + timeout.toSeconds() + " s")),
					this.scheduler);
	}

	private Mono<ProbeResult> follow(String asked, URI uri, int redirects) {
		return this.get.once(uri).flatMap((answer) -> {
			URI next = answer.next();
			if (next == null) {
				return Mono.just(judge(asked + " answered " + answer.status() + after(redirects), answer));
			}
			return redirected(asked, uri, next, redirects);
		});
	}

	private Mono<ProbeResult> redirected(String asked, URI from, URI to, int redirects) {
		if (!isSameHost(from, to)) {
			return Mono.just(new ProbeResult.Success(
					asked + " was redirected to another host, " + to + ": not followed, and taken for healthy"));
		}
		if (redirects == REDIRECTS) {
			return Mono.just(new ProbeResult.Failure(asked + ": more than " + REDIRECTS + " redirects"));
		}
		return follow(asked, to, redirects + 1);
	}

	private static ProbeResult judge(String detail, HttpAnswer answer) {
		return answer.isSuccess() ? new ProbeResult.Success(detail) : new ProbeResult.Failure(detail);
	}

	private static String after(int redirects) {
		return switch (redirects) {
			case 0 -> "";
			case 1 -> " after 1 redirect";
			default -> " after " + redirects + " redirects";
		};
	}

	private static boolean isSameHost(URI from, URI to) {
		@Nullable String host = from.getHost();
		return host != null && host.equals(to.getHost());
	}

}
