package io.eas.discovery.snapshot;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.eas.discovery.InstanceCache;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Reads a snapshot when a service starts, and restores it as soon as it is both read and
 * requested, in either order. Thread-safe.
 */
final class SnapshotReader {

	private static final Log log = LogFactory.getLog(SnapshotReader.class);

	/**
	 * The age at which a temporary file counts as left over, since no write takes this
	 * long.
	 */
	private static final Duration LEFT_OVER = Duration.ofHours(1);

	private final String service;

	private final SnapshotFile file;

	private final Duration maxAge;

	private final InstanceCache cache;

	private final Scheduler scheduler;

	private final Clock clock;

	private volatile @Nullable Reading reading;

	/**
	 * Creates a reader.
	 * @param service the alias of the service, for the log
	 * @param file the file
	 * @param maxAge the maximum age at which a snapshot is still used
	 * @param cache the cache that the snapshot is restored into
	 * @param scheduler runs the reading
	 * @param clock the clock for the age of the snapshot
	 */
	SnapshotReader(String service, SnapshotFile file, Duration maxAge, InstanceCache cache, Scheduler scheduler,
			Clock clock) {
		this.service = service;
		this.file = file;
		this.maxAge = maxAge;
		this.cache = cache;
		this.scheduler = scheduler;
		this.clock = clock;
	}

	/** Starts to read the snapshot, if no list is known. */
	void start() {
		if (this.cache.current() == null) {
			Reading next = Reading.start();
			this.reading = next;
			this.scheduler.schedule(() -> next.use().complete(read()));
		}
	}

	/** Requests the snapshot, which is restored now or as soon as it has been read. */
	void want() {
		Reading current = this.reading;
		if (current != null) {
			current.wanted().complete(true);
		}
	}

	/**
	 * Returns the completion of a requested restore.
	 * @return a future that completes when the snapshot has been restored or ignored, or
	 * at once if there is nothing to read
	 */
	CompletableFuture<?> end() {
		Reading current = this.reading;
		return (current != null) ? current.end() : CompletableFuture.completedFuture(null);
	}

	/** Drops the snapshot, since discovery has returned a list. */
	void forget() {
		this.reading = null;
	}

	/**
	 * Reads the file.
	 * @return the action to run when the snapshot is requested
	 */
	private Runnable read() {
		try {
			this.file.deleteLeftovers(this.clock.instant().minus(LEFT_OVER));
			Snapshot snapshot = this.file.read();
			return (snapshot != null) ? () -> use(snapshot)
					: () -> log.info(this.service + ": there is no snapshot " + this.file + " yet");
		}
		catch (SnapshotException ex) {
			return () -> ignore(String.valueOf(ex.getMessage()));
		}
		catch (Throwable ex) {
			// caught, since otherwise the threads that wait for the future would wait
			// forever
			return () -> ignore(ex.toString());
		}
	}

	private void use(Snapshot snapshot) {
		try {
			useUnlessOld(snapshot);
		}
		catch (Throwable ex) {
			ignore(ex.toString());
		}
	}

	private void useUnlessOld(Snapshot snapshot) {
		Instant now = this.clock.instant();
		Duration age = Duration.between(snapshot.lastSuccess(), now);
		if (age.abs().compareTo(this.maxAge) > 0) {
			ignore("discovery gave its list at " + snapshot.lastSuccess() + ", which is more than "
					+ "discovery.snapshot.max-age (" + this.maxAge.toSeconds() + " s) away from now, " + now);
			return;
		}
		// with a time in the future, the list would count as fresh until the clock has
		// caught up
		Instant lastSuccess = age.isNegative() ? now : snapshot.lastSuccess();
		if (this.cache.restore(snapshot.list(), lastSuccess)) {
			log.warn(this.service + ": using the " + snapshot.list().size() + " instance(s) of the snapshot "
					+ this.file + ", which discovery returned at " + snapshot.lastSuccess());
			if (!snapshot.rejected().isEmpty()) {
				log.warn(this.service + ": " + snapshot.rejected().size() + " item(s) of the snapshot dropped, the "
						+ "first: " + snapshot.rejected().get(0));
			}
		}
	}

	private void ignore(String reason) {
		log.warn(this.service + ": the snapshot " + this.file + " is ignored: " + reason);
	}

	/**
	 * A read of the snapshot, which begins when the service starts.
	 *
	 * @param use completes with the action for the snapshot, when the file has been read
	 * @param wanted completes when the snapshot is requested
	 * @param end completes when the action has run
	 */
	private record Reading(CompletableFuture<Runnable> use, CompletableFuture<Boolean> wanted,
			CompletableFuture<Void> end) {

		static Reading start() {
			CompletableFuture<Runnable> use = new CompletableFuture<>();
			CompletableFuture<Boolean> wanted = new CompletableFuture<>();
			return new Reading(use, wanted, use.thenAcceptBoth(wanted, (run, yes) -> run.run()));
		}

	}

}
