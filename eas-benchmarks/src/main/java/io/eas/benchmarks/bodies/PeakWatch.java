package io.eas.benchmarks.bodies;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.eas.benchmarks.load.DirectMemory;
import io.eas.benchmarks.load.Every;

/**
 * Observes the memory of this process, from the creation of this object until it is
 * closed. Thread-safe.
 */
final class PeakWatch implements NotificationListener, AutoCloseable {

	private static final Duration PACE = Duration.ofMillis(5);

	private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

	private static final Set<String> HEAP = ManagementFactory.getMemoryPoolMXBeans()
		.stream()
		.filter((pool) -> pool.getType() == MemoryType.HEAP)
		.map(MemoryPoolMXBean::getName)
		.collect(Collectors.toSet());

	private final AtomicLong heap = new AtomicLong();

	private final AtomicLong live = new AtomicLong();

	private final AtomicLong direct = new AtomicLong();

	private final Every looks;

	PeakWatch() {
		ResidentMemory.forgetPeak();
		ManagementFactory.getGarbageCollectorMXBeans()
			.forEach((collector) -> ((NotificationEmitter) collector).addNotificationListener(this, null, null));
		this.looks = new Every(PACE, this::look);
	}

	private void look() {
		this.heap.accumulateAndGet(MEMORY.getHeapMemoryUsage().getUsed(), Math::max);
		this.direct.accumulateAndGet(DirectMemory.used(), Math::max);
	}

	@Override
	public void handleNotification(Notification notification, Object handback) {
		if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
			long left = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
				.getGcInfo()
				.getMemoryUsageAfterGc()
				.entrySet()
				.stream()
				.filter((pool) -> HEAP.contains(pool.getKey()))
				.mapToLong((pool) -> pool.getValue().getUsed())
				.sum();
			this.live.accumulateAndGet(left, Math::max);
		}
	}

	/** Returns the peaks so far. */
	Peaks peaks() {
		return new Peaks(this.heap.get(), this.live.get(), this.direct.get(), ResidentMemory.peak());
	}

	@Override
	public void close() {
		this.looks.close();
		ManagementFactory.getGarbageCollectorMXBeans().forEach((collector) -> {
			try {
				((NotificationEmitter) collector).removeNotificationListener(this);
			}
			catch (ListenerNotFoundException ex) {
				throw new IllegalStateException("it was added", ex);
			}
		});
	}

}
