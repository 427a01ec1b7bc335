package io.eas.loadbalancer.selection;

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
 * A path that nobody answers well is no sign of that. Nor are a few denials where an
 * instance answers a path now so and now well, as it is where the request names what
 * isn't there, or is what the model can't take; there it takes a long row of them.
 * Nothing is kept until an instance denies something, what is kept is for a few paths,
 * and a minute after the last denial all is forgotten. Thread-safe, without locks.
 */
final class Disputes {

	/** Applications that make up paths don't make this grow. */
	private static final int MOST = 32;

	/** So many times as long is the row that says something of a path with both. */
	private static final int LONGER = 7;

	private static final long FORGOTTEN_AFTER = TimeUnit.MINUTES.toNanos(1);

	private final Map<String, Dispute> byPath = new ConcurrentHashMap<>();

	private volatile long deniedAt;

	/** Whether answers other than denials have to be looked at. */
	boolean isOpen() {
		return !this.byPath.isEmpty();
	}

	static boolean isDenial(int status) {
		return switch (status) {
			case 401, 403, 404, 405, 500, 501 -> true;
			default -> status >= 300 && status < 400;
		};
	}

	/** An instance has answered a path, and not denied it. */
	void answered(TrackedInstance state, int status, String target, long now) {
		if (now - this.deniedAt > FORGOTTEN_AFTER) {
			this.byPath.clear();
			return;
		}
		Dispute dispute = (status >= 200 && status < 300) ? this.byPath.get(path(target)) : null;
		if (dispute != null) {
			dispute.answered(state, now);
		}
	}

	/**
	 * An instance has denied a path.
	 * @param fewest so many such answers in a row say something of an instance
	 * @return how many of them do for this path; 0 if none, as no other instance has
	 * answered it well since the first of those in a row that this one has given
	 */
	int denied(TrackedInstance state, String target, int fewest, long now) {
		long since = state.denied(now);
		this.deniedAt = now;
		Dispute dispute = dispute(path(target));
		if (dispute == null) {
			return 0;
		}
		dispute.denied(state);
		return dispute.isAgainst(state, since) ? (dispute.mixed ? LONGER : 1) * fewest : 0;
	}

	private @Nullable Dispute dispute(String path) {
		Dispute known = this.byPath.get(path);
		if (known != null || this.byPath.size() >= MOST) {
			return known;
		}
		return this.byPath.computeIfAbsent(path, (any) -> new Dispute());
	}

	private static String path(String target) {
		int query = target.indexOf('?');
		return (query < 0) ? target : target.substring(0, query);
	}

	/** Who has denied a path, and who answered it well last, and when. */
	private static final class Dispute {

		private final Set<TrackedInstance> deniers = ConcurrentHashMap.newKeySet();

		/** Whether one of them has answered it well, too. */
		private volatile boolean mixed;

		private volatile @Nullable TrackedInstance answerer;

		private volatile long answeredAt;

		void answered(TrackedInstance state, long now) {
			this.answerer = state;
			this.answeredAt = now;
			if (!this.mixed && this.deniers.contains(state)) {
				this.mixed = true;
			}
		}

		void denied(TrackedInstance state) {
			this.deniers.add(state);
		}

		boolean isAgainst(TrackedInstance state, long since) {
			TrackedInstance other = this.answerer;
			return other != null && other != state && this.answeredAt - since >= 0;
		}

	}

}
