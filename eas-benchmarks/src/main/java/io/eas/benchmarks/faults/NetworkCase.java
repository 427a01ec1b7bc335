package io.eas.benchmarks.faults;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.eas.benchmarks.faults.Fault.Struck;
import io.eas.benchmarks.instances.NetworkHost;
import io.eas.benchmarks.load.Every;

/**
 * A fault of the network between the callers and instances on separate hosts.
 *
 * @param name the name on the command line
 * @param what the description of the fault
 * @param instances the number of hosts that are instances; a further host can take over
 * an address
 * @param strikes injects the fault
 * @param throughput the smallest allowed throughput during the fault, as a ratio to that
 * before
 * @param backSeconds the time in seconds within which the affected instance must get
 * requests again; 0 for no limit
 */
record NetworkCase(String name, String what, int instances, Strike strikes, double throughput, int backSeconds) {

	/** The number of hosts: the instances and the host that takes over addresses. */
	static final int HOSTS = 4;

	private static final int THREE = 3;

	/**
	 * The longest allowed time in seconds from the repair of the link to the first
	 * request. There is no such limit if connections can be created during the fault.
	 */
	private static final int LINK_BACK = 3;

	/** The longest wait for a request, which is more than any case allows. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration FLAP = Duration.ofSeconds(1);

	static List<NetworkCase> all() {
		return List.of(
				one("unplugged", "one vanishes without a reset: its cable is pulled", NetworkHost::unplug,
						NetworkHost::plugIn, LINK_BACK),
				one("muffled", "one gets all packets, and none of its own get through", NetworkHost::muffle,
						NetworkHost::unmuffle, LINK_BACK),
				one("narrow", "packets of more than 200 bytes to one are dropped", NetworkHost::narrow,
						NetworkHost::widen, 0),
				new NetworkCase("moved", "one's address moves to another host, which resets old connections", THREE,
						NetworkCase::move, 0.6, 6),
				new NetworkCase("forgotten", "connections are forgotten each time that callers are quiet", THREE,
						NetworkCase::forget, 0, 0),
				new NetworkCase("standing-still", "two of four stand still and come back, each for 1 s", HOSTS,
						NetworkCase::flap, 0.8, 0));
	}

	private static NetworkCase one(String name, String what, Consumer<NetworkHost> strikes, Consumer<NetworkHost> mends,
			int backSeconds) {
		return new NetworkCase(name, what, THREE, (scene, during) -> {
			NetworkHost victim = scene.hosts().get(0);
			strikes.accept(victim);
			return () -> {
				mends.accept(victim);
				scene.back(victim.awaitRequest(PATIENCE));
			};
		}, 0.6, backSeconds);
	}

	private static Struck move(NetworkScene scene, Duration during) {
		NetworkHost victim = scene.hosts().get(0);
		NetworkHost heir = scene.hosts().get(HOSTS - 1);
		victim.moveTo(heir);
		scene.back(heir.awaitRequest(PATIENCE));
		return () -> victim.moveTo(victim);
	}

	/**
	 * Moves all addresses while no calls are made. This has the same effect on
	 * connections as a firewall that forgets idle ones.
	 */
	private static Struck forget(NetworkScene scene, Duration during) {
		NetworkHost heir = scene.hosts().get(HOSTS - 1);
		List<NetworkHost> instances = scene.hosts().subList(0, THREE);
		Every every = new Every(scene.quiet().multipliedBy(2), () -> {
			boolean away = scene.isFirstOfTwo();
			scene.quietly(() -> instances.forEach((host) -> host.moveTo(away ? heir : host)));
		});
		return () -> {
			every.close();
			scene.quietly(() -> instances.forEach((host) -> host.moveTo(host)));
		};
	}

	private static Struck flap(NetworkScene scene, Duration during) {
		List<NetworkHost> victims = scene.hosts().subList(0, 2);
		Every every = new Every(FLAP,
				() -> victims.forEach(scene.isFirstOfTwo() ? NetworkHost::freeze : NetworkHost::thaw));
		return () -> {
			every.close();
			victims.forEach(NetworkHost::thaw);
		};
	}

	Demand demand() {
		return Demand.noFailure().throughput(this.throughput);
	}

	/**
	 * A fault of the network.
	 */
	@FunctionalInterface
	interface Strike {

		/**
		 * Injects the fault. Blocks until it has taken effect.
		 * @param scene the hosts and callers
		 * @param during how long the fault will last
		 */
		Struck strike(NetworkScene scene, Duration during);

	}

}
