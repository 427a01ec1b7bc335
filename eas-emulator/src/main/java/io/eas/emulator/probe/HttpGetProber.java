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
 * Source: kubernetes {@code pkg/probe/http}. An answer that breaks off or runs out of
 * time within its body is an error of the prober to the kubelet, whatever its status, and
 * so is discarded; one whose header doesn't come in time has failed. The body of a
 * redirect that is followed makes no difference.
 */
final class HttpGetProber {

	/** The tenth is given up on, as by Go's client. */
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

	/** One check, which may take several requests. */
	private final class Check {

		private final String asked;

		/** The last answer whose header has come. */
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
			return new ProbeResult.Discarded(
					this.asked + " answered " + answer.status() + ", but " + why + "; counts neither way");
		}

		/** Only a body may be missing, which the kubelet doesn't hold against it. */
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
