package io.eas.simulation;

import java.time.Duration;
import java.util.stream.IntStream;

import io.eas.instance.TestInstances;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.TestSelector;
import io.eas.loadbalancer.selection.TrackedAttempt;

/**
 * The client's own picks, in virtual time.
 */
final class ClientPicks implements Policy {

	private final TestSelector picks;

	private double now;

	ClientPicks(Profile profile, InstancePicker.Factory algorithm) {
		int[] weights = profile.hardware().stream().mapToInt(Profile.Hardware::weight).toArray();
		this.picks = new TestSelector(algorithm).take(TestInstances.instances(weights));
	}

	@Override
	public Attempt start(View view) {
		passTo(view.now());
		TriedInstances tried = new TriedInstances();
		IntStream.range(0, view.size())
			.filter(view::tried)
			.forEach((index) -> tried.add(TestInstances.instance(index, 1)));
		TrackedAttempt flight = this.picks.start(tried);
		return new Attempt(TestSelector.index(flight.instance()), (succeeded) -> {
			passTo(view.now());
			TestSelector.end(flight, succeeded);
		});
	}

	private void passTo(double seconds) {
		this.picks.pass(Duration.ofNanos(Math.round((seconds - this.now) * 1e9)));
		this.now = seconds;
	}

}
