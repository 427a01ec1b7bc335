package io.eas.discovery.probe;

import java.util.List;
import java.util.function.Predicate;

import io.eas.discovery.probe.Choice.Basis;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs changes rather than each health check: the instances that begin to pass or to
 * fail, with the reason; and the instances that are used, if they differ from those that
 * pass. Not thread-safe: called by one thread at a time.
 */
final class ProbeLog {

	private static final Log log = LogFactory.getLog(ProbeLog.class);

	private static final int SHOWN = 20;

	private final String service;

	private @Nullable Basis basis;

	/**
	 * Creates the log of a service.
	 * @param service the alias of the service
	 */
	ProbeLog(String service) {
		this.service = service;
	}

	/** Logs the results that changed a verdict. */
	void changed(List<Change> changes) {
		List<Change> verdicts = changes.stream().filter(Change::isVerdict).toList();
		tell(verdicts, (change) -> !change.isFailing() && !change.after().isDubious(), " pass the probe: ", false);
		tell(verdicts, (change) -> !change.isFailing() && change.after().isDubious(), " pass the probe, it seems: ",
				true);
		tell(verdicts, Change::isFailing, " fail the probe: ", true);
	}

	private void tell(List<Change> verdicts, Predicate<Change> which, String what, boolean warning) {
		List<String> texts = verdicts.stream()
			.filter(which)
			.map((change) -> change.instance().address() + " (" + change.after().reason() + ")")
			.toList();
		if (!texts.isEmpty()) {
			tell(texts.size() + " instance(s)" + what + shown(texts), warning);
		}
	}

	/** Logs the choice of the instances if its basis has changed. */
	void chosen(Basis chosen, int used, int listed) {
		Basis before = this.basis;
		this.basis = chosen;
		if (chosen == before) {
			return;
		}
		switch (chosen) {
			case PROVEN -> {
				if (before == Basis.DOUBTED) {
					tell("the probe is used again, and " + used + " of " + listed + " instance(s) are used", false);
				}
			}
			case DOUBTED -> tell("most of the " + listed + " instance(s), by weight, fail the probe, so the probe is "
					+ "ignored and all are used; is the probe set up as the service needs it?", true);
			case DEPARTED -> tell("too few of the " + listed + " listed instance(s) pass the probe yet, so the "
					+ "instances of the previous list stay in use", false);
			case UNDECIDED -> {
				if (used > 0) {
					tell("none of the " + listed + " listed instance(s) has passed the probe yet; the " + used
							+ " used so far stay in use until one has passed", false);
				}
			}
		}
	}

	private void tell(String text, boolean warning) {
		if (warning) {
			log.warn(this.service + ": " + text);
		}
		else {
			log.info(this.service + ": " + text);
		}
	}

	private static String shown(List<String> items) {
		String first = String.join(", ", items.subList(0, Math.min(SHOWN, items.size())));
		return (items.size() > SHOWN) ? first + " and " + (items.size() - SHOWN) + " more" : first;
	}

}
