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
 * Reads a snapshot when a service starts, and brings it into use once it is wanted and
 * read, in whichever order. Thread-safe.
 */
final class SnapshotReader {

	private static final Log log = LogFactory.getLog(SnapshotReader.class);

	/** No write takes this long. */
	private static final Duration LEFT_OVER = Duration.ofHours(1);

	private final String service;

	private final SnapshotFile file;

	private final Duration maxAge;

	private final InstanceCache cache;

	private final Scheduler scheduler;

	private final Clock clock;

	private volatile @Nullable Reading reading;

	/**
	 * A reader.
	 * @param service the alias, for the log
	 * @param file the file
	 * @param maxAge the oldest snapshot that is used
	 * @param cache what to fill
	 * @param scheduler where to read
	 * @param clock tells the age
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

	/**
	 * Starts reading, if no list is known.
	 */
	void start() {
		if (this.cache.current() == null) {
			Reading next = Reading.start();
			this.reading = next;
			this.scheduler.schedule(() -> next.use().complete(read()));
		}
	}

	/**
	 * Brings the snapshot into use, now or as soon as it has been read.
	 */
	void want() {
		Reading current = this.reading;
		if (current != null) {
			current.wanted().complete(true);
		}
	}

	/**
	 * When what is wanted is done.
	 * @return completes then, at once where there is nothing to read
	 */
	CompletableFuture<?> end() {
		Reading current = this.reading;
		return (current != null) ? current.end() : CompletableFuture.completedFuture(null);
	}

	/**
	 * Forgets what was read, for discovery has given a list.
	 */
	void forget() {
		this.reading = null;
	}

	/**
	 * Reads the file.
	 * @return what is to be done when it is wanted
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
			// or whoever waits for it would
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
		// or it would be fresh for as long as the clock was ahead
		Instant lastSuccess = age.isNegative() ? now : snapshot.lastSuccess();
		if (this.cache.restore(snapshot.list(), lastSuccess)) {
			log.warn(this.service + ": going on with the " + snapshot.list().size() + " instance(s) of the snapshot "
					+ this.file + ", which discovery gave at " + snapshot.lastSuccess());
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
	 * The reading of one start.
	 *
	 * @param use what was read, as what to do with it
	 * @param wanted that it is to be done
	 * @param end that it is done
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
