package io.eas.loadbalancer.selection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Paths that an instance has answered with 401 or 404, and who else has answered them
 * well since: so another service at the address of an instance shows. A path that nobody
 * has doesn't, nor does one that two instances deny, as they do where it is the request
 * that names what isn't there. Nothing is kept until an instance gives such an answer,
 * what is kept is for a few paths, and a minute after the last such answer all is
 * forgotten. Thread-safe, without locks.
 */
final class Disputes {

	/** Applications that make up paths don't make this grow. */
	private static final int MOST = 32;

	private static final long FORGOTTEN_AFTER = TimeUnit.MINUTES.toNanos(1);

	private final Map<String, Dispute> byPath = new ConcurrentHashMap<>();

	private volatile long deniedAt;

	/** Whether answers other than denials have to be looked at. */
	boolean isOpen() {
		return !this.byPath.isEmpty();
	}

	static boolean isDenial(int status) {
		return status == 401 || status == 404;
	}

	/** An instance has answered a path, and not denied it. */
	void answered(TrackedInstance state, int status, String target, long now) {
		if (now - this.deniedAt > FORGOTTEN_AFTER) {
			this.byPath.clear();
			return;
		}
		Dispute dispute = (status >= 200 && status < 300) ? this.byPath.get(path(target)) : null;
		if (dispute != null) {
			dispute.answerer = state;
			dispute.answeredAt = now;
		}
	}

	/**
	 * An instance has answered a path with 401 or 404.
	 * @return whether another one has answered it well since the first of the answers in
	 * a row that this one has given so, and no other has denied it
	 */
	boolean denied(TrackedInstance state, String target, long now) {
		long since = state.denied(now);
		this.deniedAt = now;
		Dispute dispute = dispute(path(target), state);
		if (dispute == null) {
			return false;
		}
		if (dispute.denier != state) {
			dispute.shared = true;
		}
		TrackedInstance other = dispute.answerer;
		return !dispute.shared && other != null && other != state && dispute.answeredAt - since >= 0;
	}

	private @Nullable Dispute dispute(String path, TrackedInstance denier) {
		Dispute known = this.byPath.get(path);
		if (known != null || this.byPath.size() >= MOST) {
			return known;
		}
		return this.byPath.computeIfAbsent(path, (any) -> new Dispute(denier));
	}

	private static String path(String target) {
		int query = target.indexOf('?');
		return (query < 0) ? target : target.substring(0, query);
	}

	/** Who denied a path first, and who answered it well, and when. */
	private static final class Dispute {

		private final TrackedInstance denier;

		/** Whether several deny it. */
		private volatile boolean shared;

		private volatile @Nullable TrackedInstance answerer;

		private volatile long answeredAt;

		Dispute(TrackedInstance denier) {
			this.denier = denier;
		}

	}

}
