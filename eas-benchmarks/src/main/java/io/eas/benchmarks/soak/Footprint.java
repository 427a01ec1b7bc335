package io.eas.benchmarks.soak;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

import com.sun.management.UnixOperatingSystemMXBean;
import io.eas.benchmarks.load.DirectMemory;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The resources that this JVM holds.
 *
 * @param heap the bytes on the heap after a garbage collection
 * @param direct the bytes off the heap, in Netty's and Java's buffers
 * @param files the number of open files, most of them connections; 0 if unknown
 * @param threads the number of live threads
 * @param meters the number of registered meters
 */
record Footprint(long heap, long direct, long files, long threads, long meters) {

	/**
	 * Runs the garbage collector and then measures the footprint. Blocks.
	 * @param meters the registry whose meters are counted
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
