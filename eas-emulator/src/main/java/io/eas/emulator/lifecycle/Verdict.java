package io.eas.emulator.lifecycle;

import io.eas.deployment.model.CheckKind;

/**
 * The state of an instance according to one of its checks. It changes once a threshold is
 * reached.
 */
enum Verdict {

	UNKNOWN, SUCCESS, FAILURE;

	/** Returns the state before the first check. */
	static Verdict initial(CheckKind kind) {
		return switch (kind) {
			case STARTUP -> UNKNOWN;
			case LIVENESS -> SUCCESS;
			case READINESS -> FAILURE;
		};
	}

}
