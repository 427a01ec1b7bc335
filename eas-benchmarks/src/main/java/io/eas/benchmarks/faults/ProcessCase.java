package io.eas.benchmarks.faults;

import java.time.Duration;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.eas.benchmarks.instances.EchoProcess;
import io.eas.benchmarks.instances.InstanceSettings;

/**
 * A fault of one or two of three instances, all of which stay in the list of instances.
 *
 * @param name the name on the command line
 * @param what the description of the fault
 * @param backlog how many connections may wait to be accepted by the first process
 * @param out the number of processes that don't answer during the fault
 * @param strikes injects the fault into the processes
 * @param mends repairs the processes
 * @param properties further properties of the client
 * @param peers whether the peers are measured too, because the case shows something about
 * them that no other case does
 * @param demand the limits for the effects on callers
 */
record ProcessCase(String name, String what, int backlog, int out, Consumer<List<EchoProcess>> strikes,
		Consumer<List<EchoProcess>> mends, List<String> properties, boolean peers, Demand demand) {

	static final int INSTANCES = 3;

	private static final int LARGE_BACKLOG = 1024;

	private static final int SMALL_BACKLOG = 8;

	private static final List<String> READ_TIMEOUTS_TOO = List
		.of("eas.retry.on=connect,reset,refused-by-status,read-timeout");

	static List<ProcessCase> all() {
		Demand killed = Demand.noFailure().throughput(0.9);
		Demand silent = Demand.noFailure().throughput(0.6);
		Demand reset = silent.recovery(0.9);
		return List.of(
				one("sigkill", "killed", LARGE_BACKLOG, EchoProcess::kill, EchoProcess::restart, List.of(), true,
						killed),
				one("sigstop", "frozen", LARGE_BACKLOG, EchoProcess::freeze, EchoProcess::thaw, List.of(), true,
						silent.worst(Duration.ofSeconds(1))),
				one("sigstop-retried", "frozen, `read-timeout` retried", LARGE_BACKLOG, EchoProcess::freeze,
						EchoProcess::thaw, READ_TIMEOUTS_TOO, false, silent),
				one("black-hole", "frozen, new connections never accepted, `read-timeout` retried", SMALL_BACKLOG,
						EchoProcess::vanish, EchoProcess::returnFromNowhere, READ_TIMEOUTS_TOO, true, silent),
				one("sealed", "connections closed, new ones never accepted, `read-timeout` retried", SMALL_BACKLOG,
						EchoProcess::seal, EchoProcess::returnFromNowhere, READ_TIMEOUTS_TOO, true, silent),
				two("two-killed", "two killed", EchoProcess::kill, EchoProcess::restart, silent),
				new ProcessCase("moved", "connections reset, new ones accepted, as where an address moves",
						LARGE_BACKLOG, 0, first(EchoProcess::reset), first((instance) -> {
						}), List.of(), true, reset));
	}

	private static ProcessCase one(String name, String what, int backlog, Consumer<EchoProcess> strikes,
			Consumer<EchoProcess> mends, List<String> properties, boolean peers, Demand demand) {
		return new ProcessCase(name, what, backlog, 1, first(strikes), first(mends), properties, peers, demand);
	}

	private static ProcessCase two(String name, String what, Consumer<EchoProcess> strikes, Consumer<EchoProcess> mends,
			Demand demand) {
		return new ProcessCase(name, what, LARGE_BACKLOG, 2, (all) -> all.subList(0, 2).forEach(strikes),
				(all) -> all.subList(0, 2).forEach(mends), List.of(), true, demand);
	}

	private static Consumer<List<EchoProcess>> first(Consumer<EchoProcess> change) {
		return (all) -> change.accept(all.get(0));
	}

	/**
	 * Returns the settings of the instances. Only the first one has the backlog of this
	 * case, because only its backlog is filled.
	 */
	List<InstanceSettings> instances(Limit limit, Duration work) {
		InstanceSettings other = limit.settings(work, LARGE_BACKLOG);
		return List.of(limit.settings(work, this.backlog), other, other);
	}

	/**
	 * Returns whether the other clients of an alias are measured too. A killed and a
	 * frozen process show how they fail over.
	 */
	boolean ways() {
		return this.name.equals("sigkill") || this.name.equals("sigstop");
	}

	Fault fault(List<EchoProcess> instances) {
		return (during) -> {
			this.strikes.accept(instances);
			return () -> this.mends.accept(instances);
		};
	}

}
