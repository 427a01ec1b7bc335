package io.eas.benchmarks.load;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;

/**
 * The memory of this JVM off the heap.
 */
public final class DirectMemory {

	private DirectMemory() {
	}

	/**
	 * Returns the memory of Netty's and Java's direct buffers.
	 * @return the number of bytes
	 */
	public static long used() {
		return nettyBuffers() + javaBuffers();
	}

	private static long nettyBuffers() {
		return (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider)
				? provider.metric().usedDirectMemory() : 0;
	}

	private static long javaBuffers() {
		return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
	}

}
