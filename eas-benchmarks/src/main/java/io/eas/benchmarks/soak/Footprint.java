package io.eas.benchmarks.soak;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

import com.sun.management.UnixOperatingSystemMXBean;
import io.eas.benchmarks.load.DirectMemory;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What this JVM holds.
 *
 * @param heap bytes on the heap that a collection of garbage has left
 * @param direct bytes outside of the heap, in Netty's buffers and Java's own
 * @param files open files, connections above all; 0 where the system doesn't tell
 * @param threads how many live
 * @param meters how many are registered
 */
record Footprint(long heap, long direct, long files, long threads, long meters) {

	/**
	 * Collects garbage and looks. Blocks for that time.
	 * @param meters whose meters are counted
	 */
	static Footprint now(MeterRegistry meters) {
		System.gc();
		return new Footprint(heapAfterCollection(), DirectMemory.used(), openFiles(),
				ManagementFactory.getThreadMXBean().getThreadCount(), meters.getMeters().size());
	}

	private static long heapAfterCollection() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.mapToLong(Footprint::usedAfterCollection)
			.sum();
	}

	private static long usedAfterCollection(MemoryPoolMXBean pool) {
		MemoryUsage usage = pool.getCollectionUsage();
		return (usage != null) ? usage.getUsed() : 0;
	}

	private static long openFiles() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)
				? unix.getOpenFileDescriptorCount() : 0;
	}

}
