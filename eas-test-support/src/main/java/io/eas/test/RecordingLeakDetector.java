package io.eas.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;

/**
 * A Netty leak detector that records leaks, so that a test can fail because of them.
 * Netty creates it by reflection if the system property
 * {@code io.netty.customResourceLeakDetector} names it.
 *
 * @param <T> the type of the watched resource
 */
public class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {

	private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

	public RecordingLeakDetector(Class<?> resourceType, int samplingInterval) {
		super(resourceType, samplingInterval);
	}

	/**
	 * Creates a detector. Netty may use either constructor.
	 * @param resourceType the type of the watched resource
	 * @param samplingInterval one in this number of resources is watched
	 * @param maxActive ignored, as in Netty itself
	 */
	public RecordingLeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
		super(resourceType, samplingInterval);
	}

	@Override
	protected boolean needReport() {
		return true;
	}

	@Override
	protected void reportTracedLeak(String resourceType, String records) {
		LEAKS.add(resourceType + " was not released before it was garbage-collected. " + records);
		super.reportTracedLeak(resourceType, records);
	}

	@Override
	protected void reportUntracedLeak(String resourceType) {
		LEAKS.add(resourceType + " was not released before it was garbage-collected");
		super.reportUntracedLeak(resourceType);
	}

	/**
	 * Runs the garbage collector and returns the leaks found since the last call.
	 * Unreachable buffers are found; buffers that are still referenced are not.
	 * @return the leaks, each with its access records; empty if there are none
	 */
	public static List<String> drain() {
		System.gc();
		// a detector checks collected resources whenever a resource of its type is
		// created
		for (int i = 0; i < 32; i++) {
			ByteBufAllocator.DEFAULT.directBuffer(8).release();
			ByteBufAllocator.DEFAULT.heapBuffer(8).release();
		}
		List<String> found = new ArrayList<>();
		for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
			found.add(leak);
		}
		return found;
	}

}
