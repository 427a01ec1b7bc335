package io.eas.emulator.lifecycle;

/**
 * What the kubelet does with one container, told once more and differently: in its own
 * imperative way, with its own names, on plain fields. Written from kubernetes
 * {@code pkg/kubelet/prober/worker.go} (a worker's {@code doProbe}),
 * {@code prober_manager.go} ({@code UpdatePodStatus}),
 * {@code pkg/kubelet/kuberuntime/kuberuntime_manager.go} ({@code SyncPod},
 * {@code doBackOff}) and client-go {@code util/flowcontrol/backoff.go}; shares no code
 * with {@link Lifecycle}. Times are milliseconds.
 *
 * <p>
 * Where the kubelet's threads race, or wait at random, the model says what comes out
 * where nothing takes time:
 * <ul>
 * <li>A sync, and its news of a container, comes at once, and not with the next look of
 * the PLEG or after 10 s; the housekeeping looks all the time, and not every 2 s.</li>
 * <li>The first {@code Set} of a worker, which tells nothing new, syncs nothing.</li>
 * <li>While a pod is being deleted the kubelet still checks readiness, which no endpoint
 * follows any more; here, no check is done.</li>
 * <li>A container that could not be created is tried again by the kubelet with the next
 * {@code SyncPod}; here, that is an end like any other.</li>
 * </ul>
 */
class KubeletModel {

	static final int STARTUP = 0;

	static final int LIVENESS = 1;

	static final int READINESS = 2;

	static final int UNKNOWN = 0;

	static final int SUCCESS = 1;

	static final int FAILURE = 2;

	/** What a prober answers besides: an error of its own. */
	static final int ERROR = 3;

	private static final long DEFAULT_BACKOFF = 10_000;

	private static final long MAX_BACKOFF = 300_000;

	/** A probe of the pod's specification. */
	static final class Spec {

		int initialDelaySeconds;

		int successThreshold;

		int failureThreshold;

	}

	/** One goroutine of the prober. */
	private static final class Worker {

		int containerId;

		int lastResult = SUCCESS; // Go's zero value

		int resultRun;

		boolean onHold;

		int result; // what the results manager holds for containerId

	}

	final Spec[] specs = new Spec[3];

	long gracePeriod;

	long now;

	private final Worker[] workers = { new Worker(), new Worker(), new Worker() };

	private boolean wanted;

	private boolean deleted;

	private int containerId; // 0: none was created yet

	private boolean created; // but not running yet

	private boolean running;

	private boolean killing; // SIGTERM was sent

	private long killDeadline;

	private long startedAt;

	private long finishedAt = -1; // of the newest exited container; -1: none has

	private boolean backOffEntry;

	private long backOff;

	private long backOffUpdated;

	int starts;

	int terms;

	int kills;

	int manualTriggers;

	void create() {
		this.wanted = true;
		syncPod();
	}

	void delete() {
		this.deleted = true;
		syncPod();
	}

	void containerStarted() {
		if (this.created) {
			this.created = false;
			this.running = true;
			this.startedAt = this.now;
			syncPod();
		}
	}

	void containerFinished() {
		if (!this.created && !this.running) {
			return;
		}
		boolean withinSync = this.killing && !this.deleted;
		long finishedBefore = this.finishedAt;
		this.created = false;
		this.running = false;
		this.killing = false;
		this.finishedAt = this.now;
		if (withinSync) {
			// killContainer returns; SyncPod goes on with the podStatus it was given
			startUnlessInBackOff(finishedBefore);
		}
		syncPod();
	}

	/** Time has passed: what waits for it is looked at again. */
	void timePasses() {
		if (this.backOffEntry && this.now - this.backOffUpdated >= MAX_BACKOFF * 2) {
			this.backOffEntry = false; // GC
		}
		if (!this.running) {
			syncPod();
		}
		if (this.killing && this.now >= this.killDeadline) {
			this.kills++;
			this.killDeadline = Long.MAX_VALUE;
		}
	}

	private void syncPod() {
		boolean exists = this.created || this.running;
		if (this.deleted) {
			if (exists && !this.killing) {
				killContainer();
			}
			return;
		}
		if (this.killing) {
			return; // the pod's worker is still in killContainer
		}
		updatePodStatus();
		if (this.running && mustBeRestarted()) {
			killContainer();
		}
		else if (!exists && this.wanted) {
			startUnlessInBackOff(this.finishedAt);
		}
	}

	private void updatePodStatus() {
		boolean ready = this.specs[READINESS] == null || result(READINESS) == SUCCESS;
		if (this.running && started() && !ready) {
			this.manualTriggers++;
		}
	}

	private boolean mustBeRestarted() {
		return (this.specs[LIVENESS] != null && result(LIVENESS) == FAILURE)
				|| (this.specs[STARTUP] != null && result(STARTUP) == FAILURE);
	}

	private void killContainer() {
		this.killing = true;
		this.killDeadline = this.now + this.gracePeriod;
		this.terms++;
		timePasses();
	}

	private void startUnlessInBackOff(long finished) {
		if (!doBackOff(finished)) {
			this.containerId++;
			this.created = true;
			this.starts++;
		}
	}

	private boolean doBackOff(long finished) {
		if (finished < 0) {
			return false; // cStatus == nil
		}
		if (isInBackOffSince(finished)) {
			return true;
		}
		backOffNext(finished);
		return false;
	}

	// -- flowcontrol.Backoff, one key

	boolean inBackOff() {
		return !this.created && !this.running && this.containerId > 0 && isInBackOffSince(this.finishedAt);
	}

	private boolean isInBackOffSince(long eventTime) {
		return this.backOffEntry && !hasExpired(eventTime) && this.now - eventTime < this.backOff;
	}

	private void backOffNext(long eventTime) {
		if (!this.backOffEntry || hasExpired(eventTime)) {
			this.backOffEntry = true;
			this.backOff = DEFAULT_BACKOFF;
		}
		else {
			this.backOff = Math.min(this.backOff * 2, MAX_BACKOFF);
		}
		this.backOffUpdated = this.now;
	}

	private boolean hasExpired(long eventTime) {
		return eventTime - this.backOffUpdated > MAX_BACKOFF * 2;
	}

	// -- prober

	private static int initialValue(int type) {
		if (type == READINESS) {
			return FAILURE;
		}
		return (type == LIVENESS) ? SUCCESS : UNKNOWN;
	}

	private int result(int type) {
		Worker w = this.workers[type];
		return (w.containerId == this.containerId) ? w.result : initialValue(type);
	}

	private boolean started() {
		return this.specs[STARTUP] == null || result(STARTUP) == SUCCESS;
	}

	/** Whether doProbe would come to a probe. */
	boolean wouldProbe(int type) {
		Spec spec = this.specs[type];
		if (spec == null || this.containerId == 0) {
			return false;
		}
		Worker w = this.workers[type];
		boolean onHold = w.onHold && w.containerId == this.containerId;
		if (onHold || !this.running || this.deleted) {
			return false;
		}
		if ((this.now - this.startedAt) / 1000 < spec.initialDelaySeconds) {
			return false;
		}
		return started() == (type != STARTUP);
	}

	/** The first half of doProbe, which comes to a probe. */
	void probe(int type) {
		Worker w = this.workers[type];
		if (w.containerId != this.containerId) {
			w.containerId = this.containerId;
			w.result = initialValue(type);
			w.onHold = false;
		}
	}

	/** The second half: what comes of it, whatever has become of the container. */
	void probed(int type, int result) {
		Worker w = this.workers[type];
		if (result == ERROR) {
			return;
		}
		if (w.lastResult == result) {
			w.resultRun++;
		}
		else {
			w.lastResult = result;
			w.resultRun = 1;
		}
		Spec spec = this.specs[type];
		if ((result == FAILURE && w.resultRun < spec.failureThreshold)
				|| (result == SUCCESS && w.resultRun < spec.successThreshold)) {
			return;
		}
		boolean update = w.result != result;
		w.result = result;
		if (type != READINESS && result == FAILURE) {
			w.onHold = true;
			w.resultRun = 0;
		}
		if (update && (type != LIVENESS || result == FAILURE) && w.containerId == this.containerId) {
			syncPod();
		}
	}

	// -- status

	int containerId() {
		return this.containerId;
	}

	long startedAt() {
		return this.startedAt;
	}

	long backOffUpdated() {
		return this.backOffUpdated;
	}

	long backOffEnd() {
		return Math.min(this.finishedAt + this.backOff, this.backOffUpdated + MAX_BACKOFF * 2);
	}

	int restartCount() {
		return Math.max(0, this.containerId - 1);
	}

	boolean ready() {
		return this.running && !this.deleted && started()
				&& (this.specs[READINESS] == null || result(READINESS) == SUCCESS);
	}

	String phase() {
		if (this.created || this.running) {
			if (this.deleted) {
				return "STOPPING";
			}
			if (this.killing) {
				return "KILLED";
			}
			if (this.created) {
				return "WAITING";
			}
			return !started() ? "STARTING" : ready() ? "READY" : "NOT_READY";
		}
		if (this.deleted) {
			return "STOPPED";
		}
		return (this.containerId == 0) ? "WAITING" : "BACKING_OFF";
	}

}
