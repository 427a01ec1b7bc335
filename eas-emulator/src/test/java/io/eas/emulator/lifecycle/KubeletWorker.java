package io.eas.emulator.lifecycle;

/**
 * One goroutine of the kubelet's prober, with what the results manager holds of it.
 */
final class KubeletWorker {

	private final int probeType;

	private int containerId;

	private int lastResult = KubeletModel.SUCCESS; // Go's zero value

	private int resultRun;

	private boolean onHold;

	private int cached; // for containerId

	KubeletWorker(int probeType) {
		this.probeType = probeType;
	}

	private int initialValue() {
		if (this.probeType == KubeletModel.READINESS) {
			return KubeletModel.FAILURE;
		}
		return (this.probeType == KubeletModel.LIVENESS) ? KubeletModel.SUCCESS : KubeletModel.UNKNOWN;
	}

	boolean sees(int container) {
		return this.containerId == container;
	}

	int result(int container) {
		return sees(container) ? this.cached : initialValue();
	}

	boolean isOnHold(int container) {
		return sees(container) && this.onHold;
	}

	void see(int container) {
		if (!sees(container)) {
			this.containerId = container;
			this.cached = initialValue();
			this.onHold = false;
		}
	}

	/** Whether the results manager sends an update. */
	boolean probed(int result, KubeletModel.Spec spec) {
		if (this.lastResult == result) {
			this.resultRun++;
		}
		else {
			this.lastResult = result;
			this.resultRun = 1;
		}
		boolean failed = result == KubeletModel.FAILURE;
		if (this.resultRun < (failed ? spec.failureThreshold : spec.successThreshold)) {
			return false;
		}
		boolean update = this.cached != result;
		this.cached = result;
		if (failed && this.probeType != KubeletModel.READINESS) {
			this.onHold = true;
			this.resultRun = 0;
		}
		return update;
	}

}
