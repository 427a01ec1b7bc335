package io.eas.discovery.probe;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.eas.instance.EasInstance;

/**
 * Which instances calls may go to: the one rule about what follows from probes.
 *
 * <p>
 * <em>Fit</em> are the listed instances that pass or, if they needn't pass before they
 * are used, have not failed. Weights are compared, and where all listed instances weigh
 * 0, each counts as 1. <em>Departed</em> are instances that calls go to, and that are no
 * longer listed. <pre>
 *                    failing weigh      departed, without
 * fit weigh          more than half     a failed check       calls go to
 * more than half     no                                      the fit               PROVEN
 * less, or half                         some                 the fit and those     DEPARTED
 * less, or half      yes                none                 all listed            DOUBTED
 * less, or half      no                 none                 the fit               PROVEN
 * nothing            no                 none                 where they went       UNDECIDED
 * </pre>
 *
 * <p>
 * So an instance that has neither passed nor failed to a threshold is no reason to doubt
 * the probe, and where nothing of a new list has passed yet, the list before it stays as
 * it was, or calls wait if there was none. Where all instances are replaced at once, the
 * old ones stay until the new ones that pass are more than half, so that the first of
 * them doesn't get all calls. A probe that fails most instances says more about itself
 * than about them, unless it still passes those of the list before, as it does where the
 * new ones are slow to start. The list is never empty.
 *
 * @param basis why
 * @param instances the instances calls may go to; empty if nothing is to change
 */
record Choice(Basis basis, List<EasInstance> instances) {

	/**
	 * Chooses.
	 * @param listed what discovery lists, at least one instance
	 * @param departed what calls go to, and discovery no longer lists
	 * @param beforeUse whether an instance must have passed before it is used
	 */
	static Choice of(List<Probed> listed, List<Probed> departed, boolean beforeUse) {
		Predicate<Probed> fit = (probed) -> probed.isFit(beforeUse);
		long all = weight(listed, (probed) -> true);
		long proven = weight(listed, fit);
		if (2 * proven <= all && departed.stream().anyMatch(Probed::isFlawless)) {
			return new Choice(Basis.DEPARTED, instances(
					Stream.concat(listed.stream().filter(fit), departed.stream().filter(Probed::isFlawless))));
		}
		if (2 * weight(listed, Probed::isFailing) > all) {
			return new Choice(Basis.DOUBTED, instances(listed.stream()));
		}
		return (proven > 0) ? new Choice(Basis.PROVEN, instances(listed.stream().filter(fit)))
				: new Choice(Basis.UNDECIDED, List.of());
	}

	private static List<EasInstance> instances(Stream<Probed> probed) {
		return probed.map(Probed::instance).toList();
	}

	private static long weight(List<Probed> listed, Predicate<Probed> wanted) {
		boolean drained = listed.stream().allMatch((probed) -> probed.instance().weight() == 0);
		return listed.stream().filter(wanted).mapToLong((probed) -> drained ? 1 : probed.instance().weight()).sum();
	}

	/**
	 * Why calls go where they go.
	 */
	enum Basis {

		/** To what is listed and fit. */
		PROVEN,

		/** To all that is listed, for most of it fails. */
		DOUBTED,

		/** To what is no longer listed, for nothing that is passes yet, or too little. */
		DEPARTED,

		/** To whatever they went before, for nothing has passed or failed yet. */
		UNDECIDED

	}

}
