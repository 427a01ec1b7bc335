package io.eas.client.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many retries a service has, also beside a model that remembers when each call and
 * each retry was.
 */
class RetryBudgetTests {

	private static final long WINDOW = Duration.ofSeconds(10).toNanos();

	private static final long SLOT = WINDOW / 50;

	private static int allowed;

	private static int refused;

	@Provide
	Arbitrary<List<Step>> steps() {
		Arbitrary<Long> moments = Arbitraries.longs().between(0, 2 * SLOT);
		Arbitrary<Long> slots = Arbitraries.longs().between(0, 20).map((count) -> count * SLOT);
		Arbitrary<Long> edges = Arbitraries.of(SLOT - 1, SLOT + 1, WINDOW - 1, WINDOW, WINDOW + SLOT, 64 * SLOT);
		Arbitrary<Long> idleTimes = Arbitraries.longs().between(WINDOW, Duration.ofDays(4000).toNanos());
		return Combinators
			.combine(Arbitraries.integers().between(0, 20), Arbitraries.integers().between(0, 12),
					Arbitraries.oneOf(moments, moments, slots, edges, idleTimes))
			.as(Step::new)
			.list()
			.ofMaxSize(60);
	}

	@Test
	void balanceTellsWhatIsLeft() {
		RetryBudget budget = new RetryBudget(0.5, 1, 0);
		assertThat(budget.balance(0)).isEqualTo(new RetryBudget.Balance(10, 0, 10));
		for (int n = 0; n < 4; n++) {
			budget.call(0);
		}
		assertThat(budget.tryRetry(0)).isTrue();
		assertThat(budget.balance(0)).isEqualTo(new RetryBudget.Balance(12, 1, 11));
		assertThat(budget.balance(2 * WINDOW)).isEqualTo(new RetryBudget.Balance(10, 0, 10));
	}

	@Property(tries = 1000)
	void allowsExactlyTheBudgetOfTheWindow(@ForAll long start, @ForAll @IntRange(min = 0, max = 300) int percent,
			@ForAll @IntRange(min = 0, max = 2) int minPerSecond, @ForAll("steps") List<Step> steps) {
		RetryBudget budget = new RetryBudget(percent / 100.0, minPerSecond, start);
		Model model = new Model(percent, minPerSecond);
		long now = 0;
		for (Step step : steps) {
			for (int i = 0; i < step.calls(); i++) {
				budget.call(start + now);
				model.calls.add(now);
			}
			for (int i = 0; i < step.asking(); i++) {
				if (budget.tryRetry(start + now)) {
					model.retries.add(now);
					assertThat(model.room(now, WINDOW, WINDOW)).as("allowed at %d", now).isNotNegative();
					allowed++;
				}
				else {
					assertThat(model.room(now, WINDOW - SLOT, WINDOW + SLOT)).as("refused at %d", now).isNotPositive();
					refused++;
				}
			}
			now += step.nanos();
		}
	}

	/** The steps are worth little where they don't get to both. */
	@AfterContainer
	static void haveAllowedAndRefused() {
		assertThat(allowed).isGreaterThan(1000);
		assertThat(refused).isGreaterThan(1000);
	}

	@Test
	void thousandCallsGetThreeHundredRetriesByDefault() {
		RetryBudget budget = new RetryBudget(0.2, 10, 0);
		call(budget, 1000, 0);
		assertThat(granted(budget, 1000, 0)).isEqualTo(300);
	}

	@Test
	void reserveOfAWindowMayBeUsedAtOnceAndAgainInTheNext() {
		RetryBudget budget = new RetryBudget(0, 10, 0);
		assertThat(granted(budget, 200, 0)).isEqualTo(100);
		assertThat(granted(budget, 200, WINDOW)).isZero();
		assertThat(granted(budget, 200, WINDOW + SLOT)).isEqualTo(100);
	}

	@Test
	void forgetsCallsWithTheWindow() {
		RetryBudget budget = new RetryBudget(1, 0, 0);
		call(budget, 7, 0);
		call(budget, 5, 5 * SLOT);
		assertThat(granted(budget, 3, 49 * SLOT)).isEqualTo(3);
		assertThat(granted(budget, 20, WINDOW)).isEqualTo(2);
	}

	@Test
	void allowsNothingWithoutRatioAndReserve() {
		RetryBudget budget = new RetryBudget(0, 0, 0);
		call(budget, 1000, 0);
		assertThat(granted(budget, 1, 0)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "0.7,10,7", "0.29,100,29", "0.1,9,0", "0.1,10,1", "10,3,30", "0.333333,3,0", "0.000001,1000000,1" })
	void roundsFractionsDown(double ratio, int calls, int retries) {
		RetryBudget budget = new RetryBudget(ratio, 0, 0);
		call(budget, calls, 0);
		assertThat(granted(budget, 100, 0)).isEqualTo(retries);
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 5_000_000_000L, Long.MAX_VALUE })
	void doesNotDependOnTheStartOrOverflowOfTheClock(long start) {
		RetryBudget budget = new RetryBudget(0.5, 0, start);
		call(budget, 20, start);
		assertThat(granted(budget, 100, start + WINDOW - SLOT)).isEqualTo(10);
		call(budget, 20, start + WINDOW);
		assertThat(granted(budget, 100, start + WINDOW)).isZero();
		assertThat(granted(budget, 100, start + 2 * WINDOW - SLOT)).isZero();
		call(budget, 20, start + 2 * WINDOW);
		assertThat(granted(budget, 100, start + 2 * WINDOW)).isEqualTo(10);
	}

	@Test
	void worksAfterYearsWithoutCalls() {
		RetryBudget budget = new RetryBudget(1, 1, 0);
		call(budget, 5, 0);
		assertThat(granted(budget, 100, 0)).isEqualTo(15);
		long later = Duration.ofDays(200 * 365).toNanos();
		assertThat(granted(budget, 100, later)).isEqualTo(10);
		call(budget, 5, later);
		assertThat(granted(budget, 100, later)).isEqualTo(5);
	}

	@Test
	void countsThreadThatReadTheClockBeforeTheStart() {
		RetryBudget budget = new RetryBudget(1, 0, 1000);
		budget.call(999);
		assertThat(granted(budget, 2, 1000)).isEqualTo(1);
	}

	@Test
	void ignoresThreadWhoseTimeIsOlderThanTheRing() {
		RetryBudget budget = new RetryBudget(1, 1, 0);
		long now = 100 * SLOT;
		assertThat(granted(budget, 5, now)).isEqualTo(5);
		call(budget, 5, now);
		call(budget, 100, now - 64 * SLOT);
		assertThat(budget.tryRetry(now - 64 * SLOT)).isFalse();
		assertThat(granted(budget, 100, now)).isEqualTo(10);
	}

	@Test
	void countsRetriesOfThreadsWithLaterTime() {
		RetryBudget budget = new RetryBudget(0, 1, 0);
		assertThat(granted(budget, 10, 31 * SLOT)).isEqualTo(10);
		assertThat(granted(budget, 10, 30 * SLOT)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "2,2", "3,4", "4,4", "5,8", "8,8", "9,8", "96,8" })
	void hasAStripeForEachProcessorUpToEight(int processors, int stripes) {
		assertThat(RetryBudget.stripes(processors)).isEqualTo(stripes);
	}

	@Test
	void toStringContainsPropertyNamesAndValues() {
		assertThat(new RetryBudget(0.2, 10, 0)).hasToString("retry.budget.ratio 0.2, retry.budget.min-per-second 10");
	}

	private static void call(RetryBudget budget, int calls, long nanos) {
		IntStream.range(0, calls).forEach((i) -> budget.call(nanos));
	}

	private static long granted(RetryBudget budget, int asked, long nanos) {
		return IntStream.range(0, asked).filter((i) -> budget.tryRetry(nanos)).count();
	}

	/**
	 * What happens at one time, and then for how long nothing does.
	 *
	 * @param calls how many calls there are
	 * @param asking how many retries ask after that
	 * @param nanos the time until the next step
	 */
	record Step(int calls, int asking, long nanos) {

	}

	/** The times of everything. */
	private static final class Model {

		private final List<Long> calls = new ArrayList<>();

		private final List<Long> retries = new ArrayList<>();

		private final int percent;

		private final int minPerSecond;

		Model(int percent, int minPerSecond) {
			this.percent = percent;
			this.minPerSecond = minPerSecond;
		}

		/** How many more retries there may be, rounded down. */
		long room(long now, long windowOfCalls, long windowOfRetries) {
			return Math.floorDiv(this.percent * within(this.calls, now, windowOfCalls), 100) + 10L * this.minPerSecond
					- within(this.retries, now, windowOfRetries);
		}

		private static long within(List<Long> times, long now, long window) {
			return times.stream().filter((time) -> time > now - window).count();
		}

	}

}
