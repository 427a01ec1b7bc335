package io.eas.benchmarks.load;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;

/**
 * What this JVM holds outside of its heap.
 */
public final class DirectMemory {

	private DirectMemory() {
	}

	/**
	 * What Netty's buffers and Java's own take.
	 * @return bytes
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
