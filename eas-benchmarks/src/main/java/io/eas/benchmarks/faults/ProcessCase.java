package io.eas.benchmarks.faults;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.eas.benchmarks.instances.EchoProcess;
import io.eas.benchmarks.instances.InstanceSettings;

/**
 * A fault of one of three processes, of which discovery learns nothing.
 *
 * @param name how it is chosen
 * @param what what happens
 * @param backlog how many connections wait to be accepted by the victim
 * @param strikes what happens to the process
 * @param mends how it comes back
 * @param properties what the client is told besides
 * @param peers whether it says anything of peers that another case doesn't
 * @param demand what callers may notice
 */
record ProcessCase(String name, String what, int backlog, Consumer<EchoProcess> strikes, Consumer<EchoProcess> mends,
		List<String> properties, boolean peers, Demand demand) {

	static final int INSTANCES = 3;

	private static final int LARGE_BACKLOG = 1024;

	private static final int SMALL_BACKLOG = 8;

	private static final List<String> READ_TIMEOUTS_TOO = List
		.of("eas.retry.on=connect,reset,refused-by-status,read-timeout");

	static List<ProcessCase> all() {
		Demand killed = Demand.noFailure().throughput(0.9);
		Demand silent = Demand.noFailure().throughput(0.6);
		return List.of(
				new ProcessCase("sigkill", "killed", LARGE_BACKLOG, EchoProcess::kill, EchoProcess::restart, List.of(),
						true, killed),
				new ProcessCase("sigstop", "frozen", LARGE_BACKLOG, EchoProcess::freeze, EchoProcess::thaw, List.of(),
						true, silent.atMostThoseInFlight()),
				new ProcessCase("sigstop-retried", "frozen, `read-timeout` retried", LARGE_BACKLOG, EchoProcess::freeze,
						EchoProcess::thaw, READ_TIMEOUTS_TOO, false, silent),
				new ProcessCase("black-hole", "frozen, new connections never accepted, `read-timeout` retried",
						SMALL_BACKLOG, EchoProcess::vanish, EchoProcess::returnFromNowhere, READ_TIMEOUTS_TOO, true,
						silent),
				new ProcessCase("sealed", "connections closed, new ones never accepted, `read-timeout` retried",
						SMALL_BACKLOG, EchoProcess::seal, EchoProcess::returnFromNowhere, READ_TIMEOUTS_TOO, true,
						silent));
	}

	/** The first is the victim, the only one whose backlog has to be filled. */
	List<InstanceSettings> instances(Limit limit, Duration work) {
		InstanceSettings other = limit.settings(work, LARGE_BACKLOG);
		return List.of(limit.settings(work, this.backlog), other, other);
	}

	Fault fault(EchoProcess victim) {
		return (during) -> {
			this.strikes.accept(victim);
			return () -> this.mends.accept(victim);
		};
	}

}
