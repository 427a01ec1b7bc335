package io.eas.deployment.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

import io.eas.deployment.explanation.SimulatedWorker.Answer;
import io.eas.deployment.model.Timings;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The numbers: examples worked out by hand, and all of them against a simulation.
 */
class CheckScheduleTests {

	@ParameterizedTest
	@CsvSource({
			// delay, period, timeout, success, failure: first, pass, chance, killed,
			// refusing, hanging, recovered
			"0, 10, 1, 1, 3,   0,  0, 20, 20 to 21 s, 20 to 30 s, 21 to 31 s, 0 to 11 s",
			"3, 3, 1, 2, 4,    3,  6, 12, 12 to 13 s, 9 to 12 s, 10 to 13 s, 3 to 7 s",
			"0, 2, 1, 1, 30,   0,  0, 58, 58 to 59 s, 58 to 60 s, 59 to 61 s, 0 to 3 s",
			"15, 10, 1, 1, 1, 20, 20, 20, 20 to 21 s, 0 to 10 s, 1 to 11 s, 0 to 11 s",
			"0, 2, 5, 1, 3,    0,  0,  4, 4 to 15 s, 4 to 6 s, 15 to 17 s, 0 to 10 s" })
	void timesFollowFromTheTimings(int delay, int period, int timeout, int success, int failure, long first, long pass,
			long chance, String killed, String refusing, String hanging, String recovered) {
		CheckSchedule schedule = new CheckSchedule(new Timings(delay, period, timeout, success, failure));
		assertThat(schedule.firstCheck()).isEqualTo(first);
		assertThat(schedule.earliestPass()).isEqualTo(pass);
		assertThat(schedule.lastChance()).isEqualTo(chance);
		assertThat(schedule.failedFromTheStart()).hasToString(killed);
		assertThat(schedule.failedAfterRefusing()).hasToString(refusing);
		assertThat(schedule.failedAfterHanging()).hasToString(hanging);
		assertThat(schedule.passedAfterRecovery()).hasToString(recovered);
	}

	@Property(tries = 300)
	void aStartIsAsSimulated(@ForAll @IntRange(max = 25) int delay, @ForAll @IntRange(min = 1, max = 12) int period,
			@ForAll @IntRange(min = 1, max = 15) int timeout, @ForAll @IntRange(min = 1, max = 3) int success,
			@ForAll @IntRange(min = 1, max = 5) int failure) {
		Timings timings = new Timings(delay, period, timeout, success, failure);
		CheckSchedule schedule = new CheckSchedule(timings);
		Answer hanging = new Answer(false, timeout * 1000L);
		assertThat(new SimulatedWorker(timings, (now) -> Answer.PASS).firstCheck())
			.isEqualTo(schedule.firstCheck() * 1000);
		assertThat(new SimulatedWorker(timings, (now) -> Answer.PASS).becomes(true, false, 0))
			.isEqualTo(schedule.earliestPass() * 1000);
		assertThat(new SimulatedWorker(timings, (now) -> Answer.REFUSED).becomes(false, true, 0))
			.isEqualTo(schedule.failedFromTheStart().from() * 1000);
		assertThat(new SimulatedWorker(timings, (now) -> hanging).becomes(false, true, 0))
			.isEqualTo(schedule.failedFromTheStart().to() * 1000);
	}

	@Property(tries = 300)
	void theLastChanceIsAsSimulated(@ForAll @IntRange(max = 25) int delay,
			@ForAll @IntRange(min = 1, max = 12) int period, @ForAll @IntRange(min = 1, max = 15) int timeout,
			@ForAll @IntRange(min = 1, max = 3) int success, @ForAll @IntRange(min = 1, max = 5) int failure) {
		Timings timings = new Timings(delay, period, timeout, success, failure);
		CheckSchedule schedule = new CheckSchedule(timings);
		long chance = schedule.lastChance() * 1000;
		assertThat(upFrom(timings, chance, 0).becomes(false, true, 0)).isEqualTo(-1);
		assertThat(upFrom(timings, chance + 1, 0).becomes(false, true, 0)).isEqualTo(chance);
		assertThat(upFrom(timings, chance, timeout * 1000L).becomes(true, false, 0))
			.isEqualTo(schedule.latestPass() * 1000);
	}

	@Property(tries = 200)
	void aFailureIsAsSimulated(@ForAll @IntRange(max = 25) int delay, @ForAll @IntRange(min = 1, max = 12) int period,
			@ForAll @IntRange(min = 1, max = 15) int timeout, @ForAll @IntRange(min = 1, max = 3) int success,
			@ForAll @IntRange(min = 1, max = 5) int failure) {
		Timings timings = new Timings(delay, period, timeout, success, failure);
		CheckSchedule schedule = new CheckSchedule(timings);
		assertThat(failed(timings, Answer.REFUSED)).isEqualTo(schedule.failedAfterRefusing());
		assertThat(failed(timings, new Answer(false, timeout * 1000L))).isEqualTo(schedule.failedAfterHanging());
	}

	@Property(tries = 200)
	void aRecoveryIsAsSimulated(@ForAll @IntRange(max = 25) int delay, @ForAll @IntRange(min = 1, max = 12) int period,
			@ForAll @IntRange(min = 1, max = 15) int timeout, @ForAll @IntRange(min = 1, max = 3) int success,
			@ForAll @IntRange(min = 1, max = 5) int failure) {
		Timings timings = new Timings(delay, period, timeout, success, failure);
		CheckSchedule schedule = new CheckSchedule(timings);
		Answer hanging = new Answer(false, timeout * 1000L);
		Answer slow = new Answer(true, timeout * 1000L);
		TimeRange quick = span(moments(timings, timings.periodSeconds()),
				(x) -> new SimulatedWorker(timings, (now) -> (now < x) ? Answer.REFUSED : Answer.PASS).becomes(true,
						false, x));
		TimeRange late = span(moments(timings, Math.max(period, timeout)),
				(x) -> new SimulatedWorker(timings, (now) -> (now < x) ? hanging : slow).becomes(true, false, x));
		assertThat(new TimeRange(quick.from(), late.to())).isEqualTo(schedule.passedAfterRecovery());
	}

	@ParameterizedTest
	@CsvSource({ "-1, 1, 1, 1, 1, 'initial_delay_seconds must be 0 or more, was -1'",
			"0, 0, 1, 1, 1, 'period_seconds must be 1 or more, was 0'",
			"0, 1, 0, 1, 1, 'timeout_seconds must be 1 or more, was 0'",
			"0, 1, 1, 0, 1, 'success_threshold must be 1 or more, was 0'",
			"0, 1, 1, 1, 0, 'failure_threshold must be 1 or more, was 0'" })
	void impossibleTimingIsRefused(int delay, int period, int timeout, int success, int failure, String message) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CheckSchedule(new Timings(delay, period, timeout, success, failure)))
			.withMessage(message);
	}

	private static SimulatedWorker upFrom(Timings timings, long moment, long slowness) {
		Answer passes = new Answer(true, slowness);
		return new SimulatedWorker(timings, (now) -> (now < moment) ? Answer.REFUSED : passes);
	}

	private static TimeRange failed(Timings timings, Answer failing) {
		return span(moments(timings, timings.periodSeconds()),
				(x) -> new SimulatedWorker(timings, (now) -> (now < x) ? Answer.PASS : failing).becomes(false, true,
						x));
	}

	/**
	 * The moments from one check, at this interval, to another, long after the start.
	 */
	private static List<Long> moments(Timings timings, long interval) {
		long check = new CheckSchedule(timings).firstCheck() * 1000 + 10_000 * interval;
		List<Long> moments = new ArrayList<>();
		for (long x = check - 1000 * interval + 1; x <= check; x += 333) {
			moments.add(x);
		}
		moments.add(check);
		return moments;
	}

	private static TimeRange span(List<Long> moments, LongUnaryOperator effect) {
		long least = Long.MAX_VALUE;
		long most = Long.MIN_VALUE;
		for (long moment : moments) {
			long after = effect.applyAsLong(moment) - moment;
			least = Math.min(least, after);
			most = Math.max(most, after);
		}
		assertThat(least % 1000).isZero();
		return new TimeRange(least / 1000, most / 1000 + ((most % 1000 > 0) ? 1 : 0));
	}

}
