package io.eas.emulator.lifecycle;

/**
 * What the kubelet does with one container, told once more and differently: in its own
 * imperative way, with its own names, on plain fields. Written from kubernetes
 * {@code pkg/kubelet/prober/worker.go} (a worker's {@code doProbe}),
 * {@code pkg/kubelet/kuberuntime/kuberuntime_manager.go} ({@code SyncPod},
 * {@code doBackOff}) and client-go {@code util/flowcontrol/backoff.go}; shares no code
 * with {@link Lifecycle}. Times are milliseconds.
 *
 * <p>
 * Where the project's own rules differ from that source, the rules win:
 * <ul>
 * <li>{@code lastResult} and {@code resultRun} survive a restart in the kubelet unless
 * liveness or startup failed; here, all counting begins anew with each container.</li>
 * <li>Only the worker whose check failed is put on hold by the kubelet, and readiness is
 * checked on while the container gets its grace period, and so can stay ready; here, all
 * workers hold and a container that is being killed isn't ready.</li>
 * <li>While a pod is being deleted the kubelet still checks readiness; here, no check is
 * done.</li>
 * <li>A container killed by the kubelet is started anew by the same {@code SyncPod},
 * which looks at the end of the container before it for the back-off; here, each end
 * counts in the same way.</li>
 * <li>The kubelet triggers workers by hand once a container has started, and delays the
 * first check at random after its own start; here, workers only tick.</li>
 * <li>A result that comes after its container has ended still counts for the run length
 * in the kubelet; here, it is ignored.</li>
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

		int lastResult;

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

	private long finishedAt;

	private boolean backOffEntry;

	private long backOff;

	private long backOffUpdated;

	int starts;

	int terms;

	int kills;

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
		}
		syncPod();
	}

	void containerFinished() {
		if (this.created || this.running) {
			this.created = false;
			this.running = false;
			this.killing = false;
			this.finishedAt = this.now;
		}
		syncPod();
	}

	/** Time has passed. */
	void syncPod() {
		boolean exists = this.created || this.running;
		if (this.deleted) {
			if (exists && !this.killing) {
				killContainer();
			}
		}
		else if (exists) {
			if (this.running && !this.killing && mustBeRestarted()) {
				killContainer();
			}
		}
		else if (this.wanted && !inBackOff()) {
			startContainer();
		}
		if (this.killing && this.now >= this.killDeadline) {
			this.kills++;
			this.killDeadline = Long.MAX_VALUE;
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
		for (Worker worker : this.workers) {
			worker.containerId = this.containerId;
			worker.onHold = true;
		}
	}

	private void startContainer() {
		if (this.containerId > 0) {
			backOffNext(this.finishedAt);
		}
		this.containerId++;
		this.created = true;
		this.starts++;
	}

	// -- flowcontrol.Backoff, one key

	boolean inBackOff() {
		if (this.containerId == 0 || !this.backOffEntry || hasExpired(this.finishedAt)) {
			return false;
		}
		return this.now - this.finishedAt < this.backOff;
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

	/** The first half of doProbe: whether it comes to a probe. */
	boolean wouldProbe(int type) {
		Spec spec = this.specs[type];
		if (spec == null || this.containerId == 0) {
			return false;
		}
		Worker w = this.workers[type];
		if (w.containerId != this.containerId) {
			w.containerId = this.containerId;
			w.result = initialValue(type);
			w.lastResult = UNKNOWN;
			w.resultRun = 0;
			w.onHold = false;
		}
		if (w.onHold || !this.running || this.deleted) {
			return false;
		}
		if ((this.now - this.startedAt) / 1000 < spec.initialDelaySeconds) {
			return false;
		}
		return started() == (type != STARTUP);
	}

	/** The second half: what comes of it. */
	void probed(int type, int container, int result) {
		Worker w = this.workers[type];
		if (container != this.containerId || !this.running || w.onHold || this.deleted) {
			return;
		}
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
		w.result = result;
		if (type != READINESS && result == FAILURE) {
			w.onHold = true;
			w.resultRun = 0;
		}
		syncPod();
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
		return this.finishedAt + this.backOff;
	}

	int restartCount() {
		return Math.max(0, this.containerId - 1);
	}

	boolean ready() {
		return this.running && !this.killing && !this.deleted && started()
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
