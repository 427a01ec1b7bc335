package io.eas.benchmarks.picks;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Measures only the pick by weight, with weights from 1 to 1000.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the method that initializes them
public class CorePickBenchmark {

	/** The number of instances. */
	@Param({ "3", "10", "100", "10000" })
	public int instances;

	private OurPicks ours;

	private ArmeriaPicks armeria;

	/**
	 * Creates the pickers.
	 */
	@Setup
	public void prepare() {
		Weights weights = Weights.drawn(this.instances, 1);
		this.ours = new OurPicks(weights);
		this.armeria = new ArmeriaPicks(weights);
	}

	/**
	 * Measures the picker alone.
	 * @return the pick
	 */
	@Benchmark
	public Object ours() {
		return this.ours.bare();
	}

	/**
	 * Measures the pick as a call makes it, including the look-up of the list.
	 * @return the pick
	 */
	@Benchmark
	public Object oursOfCall() {
		return this.ours.pick();
	}

	/**
	 * Measures Armeria's pick.
	 * @return the pick
	 */
	@Benchmark
	public @Nullable Object armeria() {
		return this.armeria.bare();
	}

}
