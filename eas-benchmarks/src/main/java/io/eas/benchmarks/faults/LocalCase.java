package io.eas.benchmarks.faults;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import io.eas.benchmarks.faults.Fault.Struck;
import io.eas.benchmarks.instances.LocalService;
import io.eas.benchmarks.load.Every;
import io.eas.benchmarks.load.Pause;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.discovery.EmulatedDiscovery;

/**
 * A fault of a local EAS with three instances.
 *
 * @param name the name on the command line
 * @param what the description of the fault
 * @param weights the weights of the instances
 * @param interval the time between two polls of the client
 * @param strikes injects the fault into the local EAS, and returns the injected fault
 * @param demand the limits for the effects on callers
 */
record LocalCase(String name, String what, List<Integer> weights, Duration interval,
		BiFunction<LocalService, Duration, Struck> strikes, Demand demand) {

	private static final List<Integer> EQUAL = List.of(100, 100, 100);

	private static final List<Integer> UNEQUAL = List.of(100, 10, 1);

	private static final Duration FLAP = Duration.ofMillis(100);

	private static final Demand GOES_ON = Demand.noFailure().throughput(0.6);

	static List<LocalCase> all() {
		return List.of(one("refuse", "one refuses connections", EmulatedInstance::refuse),
				one("reset", "one resets connections before the answer", EmulatedInstance::reset),
				one("half", "one resets connections in the answer", EmulatedInstance::half),
				one("late", "one takes 1 s longer", (instance) -> instance.late(Duration.ofSeconds(1))),
				one("450", "one answers 450", (instance) -> instance.status(450)),
				first("heavy-refuse", "the heaviest of 100, 10 and 1 refuses connections", UNEQUAL, 1,
						EmulatedInstance::refuse, GOES_ON),
				first("heavy-reset", "the heaviest of 100, 10 and 1 resets connections", UNEQUAL, 1,
						EmulatedInstance::reset, GOES_ON),
				first("heavy-450", "the heaviest of 100, 10 and 1 answers 450", UNEQUAL, 1,
						(instance) -> instance.status(450), GOES_ON),
				first("two-refuse", "two refuse connections", EQUAL, 2, EmulatedInstance::refuse, GOES_ON),
				first("two-reset", "two reset connections before the answer", EQUAL, 2, EmulatedInstance::reset,
						GOES_ON),
				first("other-service", "one answers 404, as another service at its address does", EQUAL, 1,
						(instance) -> instance.status(404), Demand.noFailureAfterASecond().throughput(0.6)),
				first("450-all", "all answer 450", EQUAL, EQUAL.size(), (instance) -> instance.status(450),
						Demand.fewAttempts()),
				first("outage", "all are dead", EQUAL, EQUAL.size(), EmulatedInstance::kill, Demand.fewAttempts()),
				discovery("discovery-dead", "discovery refuses connections", EmulatedDiscovery::refuse),
				discovery("discovery-empty", "discovery lists nothing", EmulatedDiscovery::empty),
				discovery("discovery-garbage", "discovery answers what is no JSON", EmulatedDiscovery::garbage),
				discovery("discovery-500", "discovery answers 500", (discovery) -> discovery.status(500)),
				discovery("discovery-silent", "discovery never answers", EmulatedDiscovery::silent),
				discovery("discovery-late", "discovery takes 2 s",
						(discovery) -> discovery.late(Duration.ofSeconds(2))),
				of("discovery-and-one", "discovery and one instance refuse connections", LocalCase::refuseBoth,
						GOES_ON),
				of("flapping", "one leaves the list and comes back, every 100 ms", LocalCase::flap, Demand.noFailure()),
				of("rollout", "all are replaced, one by one", LocalCase::rollOut, Demand.noFailure()),
				new LocalCase("replaced", "discovery lists one new instance, and all others die", EQUAL,
						Duration.ofSeconds(2), LocalCase::replaceAll, GOES_ON));
	}

	private static LocalCase of(String name, String what, BiFunction<LocalService, Duration, Struck> strikes,
			Demand demand) {
		return new LocalCase(name, what, EQUAL, LocalService.INTERVAL, strikes, demand);
	}

	private static LocalCase one(String name, String what, Consumer<EmulatedInstance> fault) {
		return first(name, what, EQUAL, 1, fault, Demand.noFailure());
	}

	private static LocalCase first(String name, String what, List<Integer> weights, int count,
			Consumer<EmulatedInstance> fault, Demand demand) {
		return new LocalCase(name, what, weights, LocalService.INTERVAL, (local, during) -> {
			List<EmulatedInstance> victims = local.service().instances().subList(0, count);
			victims.forEach(fault);
			return () -> victims.forEach(EmulatedInstance::heal);
		}, demand);
	}

	private static LocalCase discovery(String name, String what, Consumer<EmulatedDiscovery> fault) {
		return of(name, what, (local, during) -> {
			EmulatedDiscovery discovery = local.eas().discovery();
			fault.accept(discovery);
			return discovery::heal;
		}, Demand.noFailure());
	}

	private static Struck refuseBoth(LocalService local, Duration during) {
		EmulatedInstance victim = local.service().instance(0);
		EmulatedDiscovery discovery = local.eas().discovery();
		discovery.refuse();
		victim.refuse();
		return () -> {
			victim.heal();
			discovery.heal();
		};
	}

	private static Struck flap(LocalService local, Duration during) {
		EmulatedInstance victim = local.service().instance(0);
		Every every = new Every(FLAP, () -> {
			if (victim.listed()) {
				victim.unlist();
			}
			else {
				victim.relist();
			}
		});
		return () -> {
			every.close();
			victim.relist();
		};
	}

	private static Struck rollOut(LocalService local, Duration during) {
		return new Every(during.dividedBy(EQUAL.size()), local::replaceOldest)::close;
	}

	/**
	 * Replaces all instances by a single one. The client accepts such a short list only
	 * at its second poll, but the old instances fail before.
	 */
	private static Struck replaceAll(LocalService local, Duration during) {
		List<EmulatedInstance> old = local.service().instances();
		local.service().add();
		old.forEach(EmulatedInstance::unlist);
		local.awaitPolls(1);
		Pause.of(LocalService.INTERVAL);
		old.forEach(EmulatedInstance::refuse);
		return () -> old.forEach((instance) -> {
			instance.heal();
			instance.relist();
		});
	}

	Fault fault(LocalService local) {
		return (during) -> this.strikes.apply(local, during);
	}

}
