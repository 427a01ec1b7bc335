package io.eas.discovery.snapshot;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.eas.discovery.DiscoveryState;
import io.eas.discovery.InstanceCache;
import io.eas.instance.InstanceList;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * A snapshot in a file. The file is read and written on one scheduler, so that neither
 * polls nor calls wait for the disk; only {@link #restore} and {@link #stop} wait, for at
 * most a second. Thread-safe.
 */
public final class FileSnapshot implements ListSnapshot {

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

	private final InstanceCache cache;

	private final SnapshotReader reader;

	private final SnapshotWriter writer;

	/**
	 * Creates the snapshot of a service.
	 * @param service the alias of the service, for the log
	 * @param file the file
	 * @param maxAge the maximum age at which a snapshot is still used
	 * @param cache the cache that the snapshot is restored into
	 * @param scheduler runs reads and writes, one at a time; not disposed by this class
	 * @param clock the clock for the age of the snapshot
	 */
	public FileSnapshot(String service, SnapshotFile file, Duration maxAge, InstanceCache cache, Scheduler scheduler,
			Clock clock) {
		this.cache = cache;
		this.reader = new SnapshotReader(service, file, maxAge, cache, scheduler, clock);
		this.writer = new SnapshotWriter(service, file, scheduler);
	}

	@Override
	public void start() {
		this.reader.start();
		this.writer.start();
	}

	@Override
	public boolean restore() {
		this.reader.want();
		isDoneInTime(this.reader.end());
		return this.cache.current() != null;
	}

	@Override
	public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
		this.reader.forget();
		Instant lastSuccess = this.cache.state().lastSuccess();
		if (lastSuccess != null) {
			this.writer.offer(new Snapshot(after, lastSuccess));
		}
	}

	@Override
	public void failed(DiscoveryState state) {
		this.reader.want();
	}

	@Override
	public void stop() {
		if (!isDoneInTime(this.writer.stop())) {
			this.writer.drop();
		}
	}

	private static boolean isDoneInTime(CompletableFuture<?> task) {
		try {
			task.get(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
	}

}
