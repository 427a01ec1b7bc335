package io.eas.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;

/**
 * A Netty leak detector that remembers what it found, so that a test can fail for it.
 * Netty creates it by reflection where the system property
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
	 * Netty's second constructor.
	 * @param resourceType the type of the watched resource
	 * @param samplingInterval one of how many resources is watched
	 * @param maxActive ignored, as Netty itself does
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
	 * Collects garbage and takes the leaks found since the last call. Buffers that are
	 * unreachable now are found; buffers that something still holds are not.
	 * @return the leaks, each with its access records; empty when there are none
	 */
	public static List<String> drain() {
		System.gc();
		// a detector looks at what was collected whenever a resource of its type is made
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
