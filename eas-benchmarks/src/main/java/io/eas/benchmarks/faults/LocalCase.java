package io.eas.benchmarks.faults;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import io.eas.benchmarks.faults.Fault.Struck;
import io.eas.benchmarks.instances.LocalService;
import io.eas.benchmarks.load.Every;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.discovery.EmulatedDiscovery;

/**
 * A fault of a local EAS with three instances.
 *
 * @param name how it is chosen
 * @param what what happens
 * @param strikes what happens to the local EAS, for how long, and how that is mended
 * @param demand what callers may notice
 */
record LocalCase(String name, String what, BiFunction<LocalService, Duration, Struck> strikes, Demand demand) {

	static final int INSTANCES = 3;

	private static final Duration FLAP = Duration.ofMillis(100);

	static List<LocalCase> all() {
		return List.of(one("refuse", "one refuses connections", EmulatedInstance::refuse),
				one("reset", "one resets connections before the answer", EmulatedInstance::reset),
				one("half", "one resets connections in the answer", EmulatedInstance::half),
				one("late", "one takes 1 s longer", (instance) -> instance.late(Duration.ofSeconds(1))),
				one("450", "one answers 450", (instance) -> instance.status(450)),
				all("450-all", "all answer 450", (instance) -> instance.status(450)),
				all("outage", "all are dead", EmulatedInstance::kill),
				discovery("discovery-dead", "discovery refuses connections", EmulatedDiscovery::refuse),
				discovery("discovery-empty", "discovery lists nothing", EmulatedDiscovery::empty),
				discovery("discovery-garbage", "discovery answers what is no JSON", EmulatedDiscovery::garbage),
				discovery("discovery-500", "discovery answers 500", (discovery) -> discovery.status(500)),
				discovery("discovery-silent", "discovery never answers", EmulatedDiscovery::silent),
				discovery("discovery-late", "discovery takes 2 s",
						(discovery) -> discovery.late(Duration.ofSeconds(2))),
				new LocalCase("flapping", "one leaves the list and comes back, every 100 ms", LocalCase::flap,
						Demand.noFailure()),
				new LocalCase("rollout", "all are replaced, one by one", LocalCase::rollOut, Demand.noFailure()));
	}

	private static LocalCase one(String name, String what, Consumer<EmulatedInstance> fault) {
		return new LocalCase(name, what, (local, during) -> {
			EmulatedInstance victim = local.service().instance(0);
			fault.accept(victim);
			return victim::heal;
		}, Demand.noFailure());
	}

	private static LocalCase all(String name, String what, Consumer<EmulatedInstance> fault) {
		return new LocalCase(name, what, (local, during) -> {
			List<EmulatedInstance> victims = local.service().instances();
			victims.forEach(fault);
			return () -> victims.forEach(EmulatedInstance::heal);
		}, Demand.fewAttempts());
	}

	private static LocalCase discovery(String name, String what, Consumer<EmulatedDiscovery> fault) {
		return new LocalCase(name, what, (local, during) -> {
			EmulatedDiscovery discovery = local.eas().discovery();
			fault.accept(discovery);
			return discovery::heal;
		}, Demand.noFailure());
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
		return new Every(during.dividedBy(INSTANCES), local::replaceOldest)::close;
	}

	Fault fault(LocalService local) {
		return (during) -> this.strikes.apply(local, during);
	}

}
