package io.eas.benchmarks.bodies;

import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;

/**
 * Counts leaked buffers. Netty creates this detector by reflection if the system property
 * {@code io.netty.customResourceLeakDetector} names it.
 *
 * @param <T> the type of the tracked resource
 */
public final class LeakCount<T> extends ResourceLeakDetector<T> {

	private static final AtomicLong LEAKS = new AtomicLong();

	private static final int LOOKS = 32;

	/**
	 * Creates a detector. Netty calls this constructor by reflection.
	 * @param resourceType the type of the tracked resource
	 * @param samplingInterval the sampling interval: one of this many resources is
	 * tracked
	 */
	public LeakCount(Class<?> resourceType, int samplingInterval) {
		super(resourceType, samplingInterval);
	}

	/**
	 * Creates a detector. Netty may call this constructor instead, by reflection.
	 * @param resourceType the type of the tracked resource
	 * @param samplingInterval the sampling interval: one of this many resources is
	 * tracked
	 * @param maxActive ignored, as in Netty itself
	 */
	public LeakCount(Class<?> resourceType, int samplingInterval, long maxActive) {
		this(resourceType, samplingInterval);
	}

	@Override
	protected boolean needReport() {
		return true;
	}

	@Override
	protected void reportTracedLeak(String resourceType, String records) {
		LEAKS.incrementAndGet();
		super.reportTracedLeak(resourceType, records);
	}

	@Override
	protected void reportUntracedLeak(String resourceType) {
		LEAKS.incrementAndGet();
		super.reportUntracedLeak(resourceType);
	}

	/**
	 * Runs the garbage collector and looks for leaked buffers.
	 * @return the number of leaked buffers found so far
	 */
	static long soFar() {
		System.gc();
		// a detector checks collected resources whenever a resource of its type is
		// created
		for (int look = 0; look < LOOKS; look++) {
			ByteBufAllocator.DEFAULT.directBuffer(8).release();
			ByteBufAllocator.DEFAULT.heapBuffer(8).release();
		}
		return LEAKS.get();
	}

}
