package io.eas.benchmarks.calls;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * What this process has spent so far.
 *
 * @param nanos a {@link System#nanoTime}
 * @param cpuNanos processor time
 * @param bytes what each living thread has allocated, by its id; the thread that asks
 * left out
 */
public record Spent(long nanos, long cpuNanos, Map<Long, Long> bytes) {

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

	/**
	 * What has been spent until now.
	 * @return a snapshot
	 */
	public static Spent now() {
		Map<Long, Long> bytes = new HashMap<>();
		long[] threads = THREADS.getAllThreadIds();
		long[] allocated = THREADS.getThreadAllocatedBytes(threads);
		for (int i = 0; i < threads.length; i++) {
			bytes.put(threads[i], allocated[i]);
		}
		bytes.remove(Thread.currentThread().getId());
		return new Spent(System.nanoTime(), SYSTEM.getProcessCpuTime(), bytes);
	}

	/**
	 * Bytes allocated until then by the threads that still live.
	 * @param then a later snapshot
	 * @return how many
	 */
	public long bytesUntil(Spent then) {
		return then.bytes.entrySet()
			.stream()
			.mapToLong((thread) -> thread.getValue() - this.bytes.getOrDefault(thread.getKey(), 0L))
			.sum();
	}

}
