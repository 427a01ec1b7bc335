package io.eas.loadbalancer.selection;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Compares how instances respond to the same path, to detect an instance whose address
 * now belongs to another service, or whose model is broken. Such an instance denies every
 * request: it responds with a redirect, or with a status that means unauthorized,
 * forbidden, not found, or server error. A dispute is about one path and method: it
 * records the instances that have denied it, and the last instance that has answered it
 * well after the first denial.
 *
 * <p>
 * A denial of a path that no other instance answers well doesn't count against the
 * instance. If several instances deny the path, or if one instance both denies and
 * answers it, a few denials don't count either: the request may name an object that
 * doesn't exist or that only one instance has, or the model can't process it. In these
 * cases more consecutive denials are needed. Recording starts when an instance denies a
 * request. Only a few paths are recorded, and all of them are dropped a minute after the
 * last denial. Thread-safe and lock-free.
 */
final class Disputes {

	/**
	 * The maximum number of paths, so that applications with generated paths don't let
	 * the map grow.
	 */
	private static final int MOST = 32;

	/**
	 * The factor by which more denials are needed for a path that is both denied and
	 * answered, or denied by several instances.
	 */
	private static final int LONGER = 7;

	private static final long FORGOTTEN_AFTER = TimeUnit.MINUTES.toNanos(1);

	/** The verdict about an instance that follows from its response. */
	enum Verdict {

		/** The response says nothing against the instance. */
		FINE,

		/** The response is a denial, and no sign of health. */
		DENIED,

		/**
		 * The response is a denial by an instance that is ejected or avoided because of
		 * its denials, so the call should be moved to another instance.
		 */
		MISPLACED

	}

	private final Map<String, Dispute> byPath = new ConcurrentHashMap<>();

	private volatile long deniedAt;

	/**
	 * Returns whether there are disputes, so that good responses must be recorded too.
	 */
	boolean isOpen() {
		return !this.byPath.isEmpty();
	}

	static boolean isDenial(int status) {
		return switch (status) {
			case 301, 302, 303, 307, 308, 401, 403, 404, 405, 500, 501 -> true;
			default -> false;
		};
	}

	/** Records a response that isn't a denial. */
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
	 * Records a denial.
	 * @param fewest the number of consecutive denials that normally eject an instance
	 * @return the number of consecutive denials that eject the instance because of this
	 * path; 0 if denials of this path don't eject it, because no other instance has
	 * answered the path well since this instance began to deny requests
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

	/** Drops the instances that are no longer listed. */
	void renew(ListedCandidates newest) {
		this.byPath.values().forEach((dispute) -> dispute.deniers.removeIf((state) -> !newest.have(state)));
	}

	private static String path(String method, String target) {
		int query = target.indexOf('?');
		return method + ' ' + ((query < 0) ? target : target.substring(0, query));
	}

	/**
	 * The instances that have denied a path, and the instance that answered it well last.
	 */
	private static final class Dispute {

		static final Comparator<Dispute> OLDEST = Comparator.comparingLong((dispute) -> dispute.deniedAt);

		/**
		 * The minimum time between two writes of {@link #answeredAt} for the same
		 * instance, to avoid contention.
		 */
		private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

		private final Set<TrackedInstance> deniers = ConcurrentHashMap.newKeySet();

		/** Whether one of the deniers has also answered the path well. */
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

		/**
		 * Returns whether the cause of the denials may be single requests rather than the
		 * instance.
		 */
		boolean isOpen() {
			return this.mixed || this.deniers.size() > 1;
		}

		boolean isAgainst(TrackedInstance state, long since) {
			TrackedInstance other = this.answerer;
			return other != null && other != state && this.answeredAt - since >= 0;
		}

	}

}
