package io.eas.loadbalancer.selection;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Paths that instances have denied, and who has answered them well since. So an instance
 * shows whose address another service has got, or whose model is broken. A denial is what
 * such a one gives to everything: a redirect, or a status that says that nobody is
 * allowed, that there is nothing, or that it failed.
 *
 * <p>
 * A path, with its method, that nobody answers well is no sign of that. Nor are a few
 * denials where several instances deny it, or one both denies and answers it: then it may
 * be the request that names what isn't there, or what only one has, or that the model
 * can't take it. There it takes a long row of them. Nothing is kept until an instance
 * denies something, what is kept is for a few paths, and a minute after the last denial
 * all is forgotten. Thread-safe, without locks.
 */
final class Disputes {

	/** Applications that make up paths don't make this grow. */
	private static final int MOST = 32;

	/** So many times as long is the row that says something of a path with both. */
	private static final int LONGER = 7;

	private static final long FORGOTTEN_AFTER = TimeUnit.MINUTES.toNanos(1);

	/** What an answer says of who gave it. */
	enum Verdict {

		/** Nothing. */
		FINE,

		/** That it is no sign of health. */
		DENIED,

		/** That the call should go on elsewhere. */
		MISPLACED

	}

	private final Map<String, Dispute> byPath = new ConcurrentHashMap<>();

	private volatile long deniedAt;

	/** Whether answers other than denials have to be looked at. */
	boolean isOpen() {
		return !this.byPath.isEmpty();
	}

	static boolean isDenial(int status) {
		return switch (status) {
			case 301, 302, 303, 307, 308, 401, 403, 404, 405, 500, 501 -> true;
			default -> false;
		};
	}

	/** An instance has answered, and not denied. */
	void answered(TrackedInstance state, int status, String method, String target, long now) {
		if (now - this.deniedAt > FORGOTTEN_AFTER) {
			this.byPath.clear();
			return;
		}
		Dispute dispute = (status >= 200 && status < 300) ? this.byPath.get(path(method, target)) : null;
		if (dispute != null) {
			dispute.answered(state, now);
		}
	}

	/**
	 * An instance has denied.
	 * @param fewest so many denials in a row say something of an instance
	 * @return how many of them do for this path; 0 if none, as no other instance has
	 * answered it well since the first of those in a row that this one has given
	 */
	int denied(TrackedInstance state, String method, String target, int fewest, long now) {
		long since = state.denied(now);
		this.deniedAt = now;
		Dispute dispute = this.byPath.computeIfAbsent(path(method, target), (path) -> new Dispute());
		dispute.denied(state, now);
		if (this.byPath.size() > MOST) {
			this.byPath.values().remove(Collections.min(this.byPath.values(), Dispute.OLDEST));
		}
		return dispute.isAgainst(state, since) ? (dispute.isOpen() ? LONGER : 1) * fewest : 0;
	}

	/** Forgets who is no longer listed. */
	void renew(ListedCandidates newest) {
		this.byPath.values().forEach((dispute) -> dispute.deniers.removeIf((state) -> !newest.have(state)));
	}

	private static String path(String method, String target) {
		int query = target.indexOf('?');
		return method + ' ' + ((query < 0) ? target : target.substring(0, query));
	}

	/** Who has denied a path, and who answered it well last, and when. */
	private static final class Dispute {

		static final Comparator<Dispute> OLDEST = Comparator.comparingLong((dispute) -> dispute.deniedAt);

		/** Written once in that time, at most, while nothing else changes. */
		private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

		private final Set<TrackedInstance> deniers = ConcurrentHashMap.newKeySet();

		/** Whether one of them has answered it well, too. */
		private volatile boolean mixed;

		private volatile @Nullable TrackedInstance answerer;

		private volatile long answeredAt;

		private volatile long deniedAt;

		void answered(TrackedInstance state, long now) {
			if (this.answerer != state || now - this.answeredAt > PAUSE) {
				this.answeredAt = now;
				this.answerer = state;
			}
			if (!this.mixed && this.deniers.contains(state)) {
				this.mixed = true;
			}
		}

		void denied(TrackedInstance state, long now) {
			this.deniers.add(state);
			this.deniedAt = now;
		}

		/** Whether it may be the requests that are denied, and not the path. */
		boolean isOpen() {
			return this.mixed || this.deniers.size() > 1;
		}

		boolean isAgainst(TrackedInstance state, long since) {
			TrackedInstance other = this.answerer;
			return other != null && other != state && this.answeredAt - since >= 0;
		}

	}

}
