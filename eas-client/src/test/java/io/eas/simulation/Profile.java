package io.eas.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * A service and what befalls it.
 *
 * @param name what the report calls it
 * @param hardware its instances
 * @param work draws how long a call takes at speed 1, in seconds, {@link #MEAN} on
 * average
 * @param events what befalls instances
 */
record Profile(String name, List<Hardware> hardware, ToDoubleFunction<RandomGenerator> work, List<Event> events) {

	/** The average work of a call, in seconds. */
	static final double MEAN = 0.1;

	/** When something befalls an instance, and when it is over, in seconds. */
	static final double FROM = 60;

	static final double TO = 80;

	/** Equal instances, exponential service times. */
	static Profile uniform(int size, Hardware each) {
		return new Profile("uniform", Collections.nCopies(size, each), (random) -> MEAN * random.nextExponential(),
				List.of());
	}

	/** All calls take the same time. */
	static Profile constant(int size, Hardware each) {
		return new Profile("constant", Collections.nCopies(size, each), (random) -> MEAN, List.of());
	}

	/** One call in a hundred takes six times as long as the average. */
	static Profile logNormal(int size, Hardware each) {
		return new Profile("log-normal", Collections.nCopies(size, each),
				(random) -> MEAN * Math.exp(random.nextGaussian() - 0.5), List.of());
	}

	/** The first instance works a quarter as fast, which its weight doesn't say. */
	static Profile oneSlow(int size, Hardware each) {
		List<Hardware> hardware = new ArrayList<>(Collections.nCopies(size, each));
		hardware.set(0, each.times(0.25, 1));
		return new Profile("one 4 x slow", hardware, uniform(size, each).work, List.of());
	}

	/** Speeds 1, 2 and 4, which the weights reflect or don't. */
	static Profile mixed(int size, Hardware each, boolean weighted) {
		List<Hardware> hardware = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			int factor = 1 << (i % 3);
			hardware.add(each.times(factor, weighted ? factor : 1));
		}
		return new Profile(weighted ? "mixed hardware" : "mixed, equal weights", hardware, uniform(size, each).work,
				List.of());
	}

	/** The first instance works a quarter as fast for a while, as after a start. */
	static Profile warmingUp(int size, Hardware each) {
		return befallen("one warming up", uniform(size, each), (station) -> station.setSpeed(each.speed() / 4),
				(station) -> station.setSpeed(each.speed()));
	}

	/** The first instance stands still for a while. */
	static Profile frozen(int size, Hardware each) {
		return befallen("one frozen", uniform(size, each), (station) -> station.setSpeed(0),
				(station) -> station.setSpeed(each.speed()));
	}

	/** The first instance serves no call for a while. */
	static Profile failing(int size, Hardware each, Station.Mode mode) {
		return befallen("one " + mode.name().toLowerCase(Locale.ROOT), uniform(size, each),
				(station) -> station.setMode(mode), (station) -> station.setMode(Station.Mode.SERVING));
	}

	private static Profile befallen(String name, Profile profile, Consumer<Station> begin, Consumer<Station> end) {
		return new Profile(name, profile.hardware, profile.work,
				List.of(new Event(FROM, 0, begin), new Event(TO, 0, end)));
	}

	int size() {
		return this.hardware.size();
	}

	/** The calls that can be served in a second. */
	double capacity() {
		return this.hardware.stream().mapToDouble((each) -> each.cores() * each.speed()).sum() / MEAN;
	}

	/** The share of the calls that an instance's weight promises. */
	double share(int instance) {
		return this.hardware.get(instance).weight() / this.hardware.stream().mapToDouble(Hardware::weight).sum();
	}

	/**
	 * What an instance is made of.
	 *
	 * @param cores how many calls it works on without slowing down
	 * @param limit how many it works on at all; the others wait
	 * @param speed the seconds of work done in a second
	 * @param weight the weight it is listed with
	 */
	record Hardware(int cores, int limit, double speed, int weight) {

		/** One server, which is the hardest to balance. */
		static final Hardware ONE_SERVER = new Hardware(1, 1, 1, 100);

		/** Four servers. */
		static final Hardware FOUR_SERVERS = new Hardware(4, 4, 1, 100);

		/** Four cores that all calls share. */
		static final Hardware FOUR_CORES = new Hardware(4, Integer.MAX_VALUE, 1, 100);

		Hardware times(double speed, int weight) {
			return new Hardware(this.cores, this.limit, speed * this.speed, weight * this.weight);
		}

	}

	/**
	 * Something that befalls an instance.
	 *
	 * @param at when, in seconds
	 * @param instance which
	 * @param change what
	 */
	record Event(double at, int instance, Consumer<Station> change) {
	}

}
