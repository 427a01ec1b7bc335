package io.eas.loadbalancer.selection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Paths that an instance has answered with 401 or 404, and who else has answered them
 * well since: so another service at the address of an instance shows, and a path that
 * nobody has doesn't. Nothing is kept until an instance gives such an answer, and what is
 * kept is for a few paths. Thread-safe, without locks.
 */
final class Disputes {

	/** Applications that make up paths don't make this grow. */
	private static final int MOST = 32;

	private static final long FORGOTTEN_AFTER = TimeUnit.MINUTES.toNanos(1);

	private final Map<String, Dispute> byPath = new ConcurrentHashMap<>();

	/** Whether an answer with this status has to be looked at. */
	boolean concerns(int status) {
		return isDenial(status) || (!this.byPath.isEmpty() && isSuccess(status));
	}

	static boolean isDenial(int status) {
		return status == 401 || status == 404;
	}

	private static boolean isSuccess(int status) {
		return status >= 200 && status < 300;
	}

	/** An instance has answered a path well. */
	void answered(TrackedInstance state, int status, String target, long now) {
		state.agreed();
		Dispute dispute = this.byPath.get(path(target));
		if (dispute == null) {
			return;
		}
		dispute.answerer = state;
		dispute.answeredAt = now;
		if (now - dispute.deniedAt > FORGOTTEN_AFTER) {
			this.byPath.remove(path(target), dispute);
		}
	}

	/**
	 * An instance has answered a path with 401 or 404.
	 * @return whether another one has answered it well since the first of the answers in
	 * a row that this one has given so
	 */
	boolean denied(TrackedInstance state, String target, long now) {
		long since = state.denied(now);
		Dispute dispute = dispute(path(target), now);
		if (dispute == null) {
			return false;
		}
		dispute.deniedAt = now;
		TrackedInstance other = dispute.answerer;
		return other != null && other != state && dispute.answeredAt - since >= 0;
	}

	private @Nullable Dispute dispute(String path, long now) {
		Dispute known = this.byPath.get(path);
		if (known != null) {
			return known;
		}
		if (this.byPath.size() >= MOST) {
			this.byPath.values().removeIf((dispute) -> now - dispute.deniedAt > FORGOTTEN_AFTER);
		}
		return (this.byPath.size() < MOST) ? this.byPath.computeIfAbsent(path, (any) -> new Dispute(now)) : null;
	}

	private static String path(String target) {
		int query = target.indexOf('?');
		return (query < 0) ? target : target.substring(0, query);
	}

	/** Who answered a path well, and when. */
	private static final class Dispute {

		private volatile long deniedAt;

		private volatile @Nullable TrackedInstance answerer;

		private volatile long answeredAt;

		Dispute(long now) {
			this.deniedAt = now;
		}

	}

}
