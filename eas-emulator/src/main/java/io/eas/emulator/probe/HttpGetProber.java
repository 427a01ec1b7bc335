package io.eas.emulator.probe;

import java.net.URI;
import java.time.Duration;

import io.eas.emulator.net.Network;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Prober for {@code http_get}: the check passes with a status from 200 to 399. Redirects
 * to any port of the same host are followed. A redirect to another host is not followed;
 * the check then passes with a warning.
 *
 * <p>
 * Source: kubernetes {@code pkg/probe/http}. If a response breaks off or times out within
 * its body, the kubelet counts this as an error of the prober and discards the result,
 * whatever the status. If the headers don't arrive in time, the check has failed. The
 * body of a redirect that is followed is ignored.
 */
final class HttpGetProber {

	/**
	 * The number of redirects to follow. The tenth redirect is an error, as in Go's
	 * client.
	 */
	private static final int REDIRECTS = 9;

	private final HttpGet get;

	private final Scheduler scheduler;

	HttpGetProber(Network network) {
		this.get = new HttpGet(network);
		this.scheduler = network.scheduler();
	}

	Mono<ProbeResult> probe(String path, int port, Duration timeout) {
		return Mono.defer(() -> {
			Check check = new Check("GET " + path);
			return check.follow(HttpGet.uri(path, port), 0)
				.onErrorResume(NetworkErrors::areTheirs,
						(ex) -> Mono.just(new ProbeResult.Failure(check.asked + ": " + NetworkErrors.describe(ex))))
				.timeout(timeout, Mono.fromSupplier(() -> check.late(timeout)), this.scheduler);
		});
	}

	private static boolean isSameHost(URI from, URI to) {
		@Nullable String host = from.getHost();
		return host != null && host.equals(to.getHost());
	}

	/** One check, which may need several requests. */
	private final class Check {

		private final String asked;

		/** The last response whose headers have arrived. */
		private volatile @Nullable HttpAnswer begun;

		Check(String asked) {
			this.asked = asked;
		}

		Mono<ProbeResult> follow(URI uri, int redirects) {
			this.begun = null;
			return HttpGetProber.this.get.once(uri, (answer) -> this.begun = answer).flatMap((answer) -> {
				URI next = answer.next();
				if (next != null && isSameHost(uri, next)) {
					return (redirects < REDIRECTS) ? follow(next, redirects + 1) : Mono
						.just(new ProbeResult.Failure(this.asked + ": more than " + REDIRECTS + " redirects"));
				}
				return Mono.just((answer.broken() != null) ? discarded(answer, "its body broke off, " + answer.broken())
						: judge(answer, next, redirects));
			});
		}

		private ProbeResult judge(HttpAnswer answer, @Nullable URI elsewhere, int redirects) {
			if (elsewhere != null) {
				return new ProbeResult.Success(this.asked + " was redirected to another host, " + elsewhere
						+ ": not followed, and taken for healthy");
			}
			String detail = this.asked + " answered " + answer.status() + after(redirects);
			return answer.isSuccess() ? new ProbeResult.Success(detail) : new ProbeResult.Failure(detail);
		}

		private ProbeResult discarded(HttpAnswer answer, String why) {
			return new ProbeResult.Discarded(this.asked + " answered " + answer.status() + ", but " + why
					+ "; counts neither as passed nor " + "as failed");
		}

		/**
		 * Returns the result after the time-out. If only the body is missing, the kubelet
		 * doesn't count that as a failure.
		 */
		ProbeResult late(Duration timeout) {
			HttpAnswer answer = this.begun;
			return (answer != null && isLast(answer))
					? discarded(answer, "its body wasn't whole within " + timeout.toSeconds() + " s")
					: new ProbeResult.Failure(this.asked + ": no whole answer within " + timeout.toSeconds() + " s");
		}

		private static boolean isLast(HttpAnswer answer) {
			try {
				URI next = answer.next();
				return next == null || !isSameHost(answer.from(), next);
			}
			catch (IllegalArgumentException ex) {
				return false;
			}
		}

		private static String after(int redirects) {
			return switch (redirects) {
				case 0 -> "";
				case 1 -> " after 1 redirect";
				default -> " after " + redirects + " redirects";
			};
		}

	}

}
