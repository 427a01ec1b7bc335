package io.eas.deployment.explanation;

import java.util.List;
import java.util.stream.Stream;

import io.eas.deployment.explanation.ContainerTimeline.Failure;

/**
 * Describes the timeline of a container in words. Immutable.
 *
 * @param timeline the times
 * @param sigterm whether a process gets SIGTERM before SIGKILL
 * @param byDefault whether the only check is EAS's default check
 */
record TimelineText(ContainerTimeline timeline, boolean sigterm, boolean byDefault) {

	List<String> lines() {
		Stream<Section> failures = Stream.of(start(),
				failure("It refuses connections, though its process runs" + afterDelays(), this.timeline.refusing()),
				this.byDefault ? hanging() : failure("It hangs: every check takes its whole timeout" + afterDelays(),
						this.timeline.hanging()));
		return Stream.concat(Stream.concat(failures, recovery()), Stream.of(exit(), end()))
			.flatMap((section) -> section.lines().stream())
			.toList();
	}

	private String afterDelays() {
		return this.timeline.hasDelay() ? ", once every initial delay is over" : "";
	}

	private Section start() {
		Section section = new Section("A start").at(0, "the container starts");
		CheckSchedule startup = this.timeline.startup();
		CheckSchedule readiness = this.timeline.readiness();
		if (startup != null) {
			section.at(startup.firstCheck(), "first startup_check")
				.at(startup.passedFromTheStart(), "started, if it passes every check");
		}
		section.at(this.timeline.ready(),
				(readiness != null) ? "ready and listed in discovery, if it passes every check"
						: (startup != null) ? "listed in discovery, if it passes every check: there is no health_check"
								: "listed in discovery: there is no health_check");
		if (startup != null && readiness != null) {
			section.at(this.timeline.latestReady(startup),
					"ready at the latest, if its health_check passes once it has started");
		}
		return slowStart(section);
	}

	private Section slowStart(Section section) {
		CheckSchedule startup = this.timeline.startup();
		CheckSchedule liveness = this.timeline.liveness();
		if (startup != null) {
			return section.at(startup.lastChance(), "the last startup_check that can pass in time")
				.at(startup.failedFromTheStart(), "killed, if no startup_check has passed");
		}
		if (liveness != null) {
			return section.at(liveness.lastChance(), "the last liveness_check that can pass in time")
				.at(liveness.failedFromTheStart(),
						"killed, if no liveness_check has passed: there is no " + "startup_check to hold it back");
		}
		return section.never("killed for a slow start: there is neither startup_check nor liveness_check");
	}

	private static Section hanging() {
		return new Section("It hangs, but its port accepts connections").at(0, "the failure")
			.never("out of discovery: the default check passes")
			.never("killed: there is no liveness_check");
	}

	private Section failure(String title, Failure failure) {
		Section section = new Section(title).at(0, "the failure");
		TimeRange unlisted = failure.unlisted();
		if (unlisted == null) {
			return section.never("out of discovery: there is neither health_check nor liveness_check");
		}
		section.at(unlisted, "out of discovery")
			.at(unlisted.plus(ContainerTimeline.POLL), "no more requests: clients ask discovery every 5 to 10 s");
		TimeRange killed = failure.killed();
		return (killed != null) ? killed(section, killed) : section.never("killed: there is no liveness_check");
	}

	private Section killed(Section section, TimeRange killed) {
		int grace = this.timeline.grace();
		String signal = this.sigterm ? ": SIGTERM" : ", without SIGTERM";
		return section.at(killed, "killed by liveness_check" + signal)
			.at(killed.plus(new TimeRange(0, grace)), "gone, " + (this.sigterm ? "by SIGKILL " : "") + grace
					+ " s after that at the latest, and started anew, the first time at once");
	}

	private Stream<Section> recovery() {
		CheckSchedule readiness = this.timeline.readiness();
		if (readiness == null) {
			return Stream.empty();
		}
		TimeRange ready = readiness.passedAfterRecovery();
		return Stream.of(new Section("It recovers before it is killed").at(0, "it would pass every check again")
			.at(ready, "ready and listed again")
			.at(ready.plus(ContainerTimeline.POLL), "known to every client"));
	}

	private Section exit() {
		return new Section("Its process ends by itself").at(0, "out of discovery, since no process runs")
			.at(0, "started anew, the first time at once; the counts of results in a row continue")
			.at(ContainerTimeline.POLL, "no more requests to the old process");
	}

	private Section end() {
		Section section = new Section("EAS ends it: an update, or fewer instances");
		int grace = this.timeline.grace();
		if (!this.sigterm) {
			return section.at(0, "no SIGTERM: metadata.rpc.enable_sigterm is not true")
				.at(new TimeRange(0, grace), "gone, together with its requests in progress");
		}
		CheckSchedule readiness = this.timeline.readiness();
		section.at(0, "SIGTERM");
		if (readiness == null) {
			return section.at(grace, "SIGKILL, if it still runs");
		}
		TimeRange drained = readiness.failedAfterRefusing().plus(ContainerTimeline.POLL);
		boolean tooEarly = grace < drained.to();
		return section.at(drained, "no more requests, if its health_check fails from SIGTERM on")
			.at(grace, "SIGKILL, if it still runs" + (tooEarly ? ", though clients may still send requests" : ""));
	}

}
