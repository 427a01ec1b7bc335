package io.eas.emulator.lifecycle;

import io.eas.deployment.model.CheckKind;

/**
 * What is held of an instance as far as one check goes, once its thresholds were reached.
 */
enum Verdict {

	UNKNOWN, SUCCESS, FAILURE;

	/** What is held before any check was done. */
	static Verdict initial(CheckKind kind) {
		return switch (kind) {
			case STARTUP -> UNKNOWN;
			case LIVENESS -> SUCCESS;
			case READINESS -> FAILURE;
		};
	}

}
