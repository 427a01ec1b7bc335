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

	/** A probe of the pod's specification. */
	static final class Spec {

		int initialDelaySeconds;

		int successThreshold;

		int failureThreshold;

	}

	final Spec[] specs = new Spec[3];

	long gracePeriod;

	long now;

	private final KubeletWorker[] workers = { new KubeletWorker(STARTUP), new KubeletWorker(LIVENESS),
			new KubeletWorker(READINESS) };

	private boolean wanted;

	private boolean deleted;

	private int containerId; // 0: none was created yet

	private boolean created; // but not running yet

	private boolean running;

	private boolean killing; // SIGTERM was sent

	private long killDeadline;

	private long startedAt;

	private long finishedAt = -1; // of the newest exited container; -1: none has

	private final KubeletBackoff backOff = new KubeletBackoff();

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
		this.backOff.gc(this.now); // by HandlePodCleanups
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
		if (this.backOff.isInBackOffSince(finished, this.now)) {
			return true;
		}
		this.backOff.next(finished, this.now);
		return false;
	}

	boolean inBackOff() {
		return !this.created && !this.running && this.containerId > 0
				&& this.backOff.isInBackOffSince(this.finishedAt, this.now);
	}

	// -- prober

	private int result(int type) {
		return this.workers[type].result(this.containerId);
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
		if (this.workers[type].isOnHold(this.containerId) || !this.running || this.deleted) {
			return false;
		}
		if ((this.now - this.startedAt) / 1000 < spec.initialDelaySeconds) {
			return false;
		}
		return started() == (type != STARTUP);
	}

	/** The first half of doProbe, which comes to a probe. */
	void probe(int type) {
		this.workers[type].see(this.containerId);
	}

	/** The second half: what comes of it, whatever has become of the container. */
	void probed(int type, int result) {
		boolean update = result != ERROR && this.workers[type].probed(result, this.specs[type]);
		// the sync loop follows only failures of liveness
		if (update && (type != LIVENESS || result == FAILURE) && this.workers[type].sees(this.containerId)) {
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
		return this.backOff.lastUpdate();
	}

	long backOffEnd() {
		return this.backOff.end(this.finishedAt);
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
