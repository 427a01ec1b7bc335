package io.eas.client.retry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A budget that many threads share.
 */
class SharedRetryBudgetTests {

	private static final int THREADS = 8;

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);

	private final LongAdder granted = new LongAdder();

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
	}

	@RepeatedTest(20)
	void concurrentRetriesUseExactlyTheBudget() throws Exception {
		RetryBudget budget = new RetryBudget(0.5, 3, 0);
		together((thread) -> {
			for (int i = 0; i < 2000; i++) {
				budget.call(SECOND);
				ask(budget, SECOND);
			}
		});
		long all = THREADS * 2000 / 2 + 30;
		assertThat(this.granted.sum()).isBetween(1L, all);
		IntStream.range(0, 20_000).forEach((i) -> ask(budget, SECOND));
		assertThat(this.granted.sum()).isEqualTo(all);
	}

	@RepeatedTest(20)
	void concurrentRetriesNeverExceedTheReserve() throws Exception {
		RetryBudget budget = new RetryBudget(0, 1, 0);
		together((thread) -> {
			for (int i = 0; i < 500; i++) {
				ask(budget, SECOND);
			}
		});
		IntStream.range(0, 20).forEach((i) -> ask(budget, SECOND));
		assertThat(this.granted.sum()).isEqualTo(10);
	}

	@RepeatedTest(5)
	void limitHoldsWhileTimePasses() throws Exception {
		RetryBudget budget = new RetryBudget(0.2, 1, 0);
		AtomicLong now = new AtomicLong();
		LongAdder calls = new LongAdder();
		together((thread) -> {
			while (now.get() < 60 * SECOND) {
				long time = now.addAndGet(SECOND / 1000);
				budget.call(time);
				calls.increment();
				ask(budget, time);
				ask(budget, time);
			}
		});
		assertThat(this.granted.sum()).isBetween(1L, calls.sum() / 5 + 7 * 10);
	}

	@RepeatedTest(5)
	void losesNoCount() throws Exception {
		RetryBudget.SlidingWindowCounter counts = new RetryBudget.SlidingWindowCounter(4);
		together((thread) -> {
			for (int slot = 0; slot < 5000; slot++) {
				counts.add(slot / 100, 1);
			}
		});
		assertThat(counts.sum(0, 49)).isEqualTo(THREADS * 5000L);
		assertThat(counts.sum(20, 29)).isEqualTo(THREADS * 1000L);
	}

	private void ask(RetryBudget budget, long nanos) {
		if (budget.tryRetry(nanos)) {
			this.granted.increment();
		}
	}

	private void together(IntConsumer work) throws Exception {
		CyclicBarrier start = new CyclicBarrier(THREADS);
		List<Future<Void>> threads = this.executor.invokeAll(IntStream.range(0, THREADS)
			.<Callable<Void>>mapToObj((thread) -> () -> run(start, work, thread))
			.toList(), 60, TimeUnit.SECONDS);
		for (Future<Void> thread : threads) {
			thread.get();
		}
	}

	private static Void run(CyclicBarrier start, IntConsumer work, int thread)
			throws InterruptedException, BrokenBarrierException {
		start.await();
		work.accept(thread);
		return null;
	}

}
