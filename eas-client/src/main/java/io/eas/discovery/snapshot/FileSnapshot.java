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
 * A snapshot in a file. All reading and writing is done on one scheduler, so that no
 * poll, call or start waits for a disk.
 */
public final class FileSnapshot implements ListSnapshot {

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

	private final InstanceCache cache;

	private final SnapshotReader reader;

	private final SnapshotWriter writer;

	/**
	 * The snapshot of a service.
	 * @param service the alias, for the log
	 * @param file where it is
	 * @param maxAge the oldest that is brought into use
	 * @param cache the list of instances
	 * @param scheduler reads and writes, one at a time; not closed here
	 * @param clock tells the age of what was read
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
