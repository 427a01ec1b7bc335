package io.eas.discovery.probe;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.eas.instance.EasInstance;

/**
 * The choice of the instances that calls may go to, from the results of the health
 * checks. All rules about the consequences of health checks are in this class.
 *
 * <p>
 * <em>Fit</em> instances are the listed instances that pass. If instances may be used
 * before their first success, all listed instances that don't fail are fit. The sums of
 * weights are compared; if all listed instances have weight 0, each counts as 1.
 * <em>Departed</em> instances are those that calls go to although they are no longer
 * listed. <pre>
 *                    failing weigh      departed, without
 * fit weigh          more than half     a failed check       calls go to
 * more than half     no                                      the fit               PROVEN
 * half or less                          some                 the fit and those     DEPARTED
 * half or less       yes                none                 all listed            DOUBTED
 * half or less       no                 none                 the fit               PROVEN
 * nothing            no                 none                 the same as before    UNDECIDED
 * </pre>
 *
 * <p>
 * An instance that has reached neither threshold isn't failing, and is therefore no
 * reason to doubt the probe. If no instance of a new list has passed yet, the previous
 * instances stay in use, or calls wait if there were none. If all instances are replaced
 * at once, the old ones stay in use until the new ones that pass have more than half of
 * the weight, so that the first new one doesn't receive all calls. A probe that fails for
 * most instances is probably misconfigured. If the probe still succeeds for departed
 * instances, it is configured correctly, and the new instances are only slow to start.
 * The list of a service is never emptied by probes.
 *
 * @param basis the reason of the choice
 * @param instances the instances that calls may go to; empty if nothing should change
 */
record Choice(Basis basis, List<EasInstance> instances) {

	/**
	 * Chooses the instances.
	 * @param listed the instances that discovery lists; at least one
	 * @param departed the instances that calls go to, although discovery no longer lists
	 * them
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

	/** The reason of a choice. */
	enum Basis {

		/** Calls go to the fit instances. */
		PROVEN,

		/** Calls go to all listed instances, since most of them fail. */
		DOUBTED,

		/**
		 * Calls also go to instances that are no longer listed, since too few of the
		 * listed ones pass yet.
		 */
		DEPARTED,

		/**
		 * Calls go to the same instances as before, since no listed instance has passed
		 * yet.
		 */
		UNDECIDED

	}

}
