package io.eas.loadbalancer.selection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceSource;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import org.jspecify.annotations.Nullable;

/**
 * Picks from lists, in a time that tests set.
 */
public final class TestSelector {

	private static final TriedInstances NOTHING = new TriedInstances();

	public final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());

	public final InstanceCache cache = new InstanceCache(Clock.systemUTC());

	public final InstanceSource source = new InstanceSource("test", this.cache, null, Instant.EPOCH);

	public final InstanceSelector picks;

	public TestSelector(InstancePicker.Factory algorithm) {
		this(algorithm, Runnable::run);
	}

	public TestSelector(InstancePicker.Factory algorithm, Executor renewals) {
		this(algorithm, SelectionSettings.DEFAULTS, EjectionListener.NONE, renewals);
	}

	public TestSelector(InstancePicker.Factory algorithm, EjectionSettings ejection, Duration slowStart,
			EjectionListener listener) {
		this(algorithm, SelectionSettings.of(ejection, slowStart), listener);
	}

	public TestSelector(InstancePicker.Factory algorithm, SelectionSettings settings, EjectionListener listener) {
		this(algorithm, settings, listener, Runnable::run);
	}

	private TestSelector(InstancePicker.Factory algorithm, SelectionSettings settings, EjectionListener listener,
			Executor renewals) {
		Random random = new Random(1);
		this.picks = new InstanceSelector(this.source, algorithm, settings, listener, AttemptListener.NONE, renewals,
				this.now::get, () -> random);
	}

	/** The next first attempt, once this is the list. */
	public EasInstance pick(InstanceList list) {
		take(list.instances());
		return pick();
	}

	public EasInstance pick() {
		return this.picks.pick(NOTHING, null, true).instance();
	}

	public TrackedAttempt start() {
		return start(NOTHING);
	}

	public TrackedAttempt start(TriedInstances tried) {
		return this.picks.start(tried, null);
	}

	public static void end(TrackedAttempt flight, boolean succeeded) {
		flight.end(succeeded ? Outcome.ANSWERED : Outcome.FAILED);
	}

	public TestSelector take(List<EasInstance> instances) {
		this.cache.succeed(instances, Source.DISCOVERY);
		return this;
	}

	public void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

	public TrackedInstance state(int index) {
		return this.picks.states().get(index);
	}

	/** The index that an instance of {@code TestInstances} was made with. */
	public static int index(EasInstance instance) {
		String[] parts = instance.host().split("\\.");
		return Integer.parseInt(parts[2]) * 256 + Integer.parseInt(parts[3]);
	}

	/** Candidates that all admit every call. */
	public static Candidates candidates(InstanceList list) {
		return candidates(list, null);
	}

	public static Candidates candidates(InstanceList list, @Nullable Candidates before) {
		return new ListedCandidates(list, (ListedCandidates) before,
				new Ejections(SelectionSettings.DEFAULTS, EjectionListener.NONE, ThreadLocalRandom::current),
				new LatencyEwma(), () -> 0, System::nanoTime, ThreadLocalRandom::current);
	}

	/** An algorithm's first attempts. */
	public static FirstPicks first(InstancePicker.Factory algorithm, InstanceList list) {
		return first(algorithm.create(candidates(list)));
	}

	public static FirstPicks first(InstancePicker picker) {
		return () -> picker.pick(NOTHING, null).instance();
	}

	/** Picks one instance after the other. */
	@FunctionalInterface
	public interface FirstPicks {

		EasInstance next();

	}

}
