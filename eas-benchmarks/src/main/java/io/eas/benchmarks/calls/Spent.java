package io.eas.benchmarks.calls;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * The resources that this process has used so far.
 *
 * @param nanos the value of {@link System#nanoTime}
 * @param cpuNanos the processor time in nanoseconds
 * @param bytes the bytes allocated by each live thread except the calling one, by thread
 * id
 */
public record Spent(long nanos, long cpuNanos, Map<Long, Long> bytes) {

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

	/**
	 * Returns the resources used until now.
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
	 * Returns the bytes allocated until a later snapshot by threads that are alive at
	 * that snapshot.
	 * @param then the later snapshot
	 * @return the number of bytes
	 */
	public long bytesUntil(Spent then) {
		return then.bytes.entrySet()
			.stream()
			.mapToLong((thread) -> thread.getValue() - this.bytes.getOrDefault(thread.getKey(), 0L))
			.sum();
	}

}
