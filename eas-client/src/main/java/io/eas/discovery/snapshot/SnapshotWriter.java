package io.eas.discovery.snapshot;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.eas.http.FirstFailure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Writes the snapshots of a service, one at a time and only if there is something new to
 * write. Of the snapshots that are offered during a write, only the last one is written.
 * Of consecutive failures, only the first one is logged. A failure never prevents the
 * next write. Thread-safe.
 */
final class SnapshotWriter {

	private static final Log log = LogFactory.getLog(SnapshotWriter.class);

	/**
	 * The maximum difference between the time of the last success on disk and the actual
	 * time of the last success.
	 */
	static final Duration REFRESH = Duration.ofMinutes(1);

	private final String service;

	private final SnapshotFile file;

	private final Scheduler scheduler;

	private boolean running;

	/**
	 * The last snapshot that was accepted for writing, whether or not it is written yet;
	 * null if its write failed.
	 */
	private @Nullable Snapshot newest;

	private @Nullable Snapshot pending;

	private boolean active;

	private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

	private boolean failing;

	private final FirstFailure errors;

	/**
	 * Creates a writer without starting it.
	 * @param service the alias of the service, for the log
	 * @param file the file
	 * @param scheduler runs the writing
	 */
	SnapshotWriter(String service, SnapshotFile file, Scheduler scheduler) {
		this.service = service;
		this.file = file;
		this.scheduler = scheduler;
		this.errors = new FirstFailure(
				service + ": the result of writing a snapshot could not be logged; snapshots are still written");
	}

	/** Accepts snapshots from now on. */
	synchronized void start() {
		this.running = true;
	}

	/**
	 * Schedules a write of the snapshot, if its list differs from the list on disk, or if
	 * the time of the last success on disk must be refreshed.
	 */
	synchronized void offer(Snapshot snapshot) {
		if (this.running && isDue(this.newest, snapshot)) {
			this.newest = snapshot;
			this.pending = snapshot;
			if (!this.active) {
				begin();
			}
		}
	}

	private void begin() {
		this.active = true;
		try {
			this.writing = CompletableFuture.runAsync(this::write, this.scheduler::schedule);
		}
		catch (Throwable ex) {
			// the scheduler is disposed, or can't start a thread
			this.active = false;
			failed(ex);
		}
	}

	static boolean isDue(@Nullable Snapshot written, Snapshot next) {
		return written == null || !written.list().holds(next.list().instances())
				|| Duration.between(written.lastSuccess(), next.lastSuccess()).abs().compareTo(REFRESH) >= 0;
	}

	/**
	 * Accepts no more snapshots.
	 * @return a future that completes when the accepted snapshots are written
	 */
	synchronized CompletableFuture<?> stop() {
		this.running = false;
		return this.writing;
	}

	/** Drops the accepted snapshot if its write hasn't begun. */
	synchronized void drop() {
		this.pending = null;
		this.newest = null;
	}

	private void write() {
		for (Snapshot next = next(); next != null; next = next()) {
			try {
				this.file.write(next);
				succeeded();
			}
			catch (Throwable ex) {
				// caught, since otherwise no further snapshot would be written
				failed(ex);
			}
		}
	}

	private synchronized @Nullable Snapshot next() {
		Snapshot next = this.pending;
		this.pending = null;
		this.active = next != null;
		return next;
	}

	private synchronized void succeeded() {
		boolean news = this.failing;
		this.failing = false;
		if (news) {
			tell(() -> log.info(this.service + ": the snapshot " + this.file + " is written again"));
		}
	}

	/**
	 * Records a failed write. A failure after the stop isn't logged, since the thread may
	 * have been interrupted by the shutdown.
	 */
	private synchronized void failed(Throwable failure) {
		boolean news = !this.failing && this.running;
		this.failing = true;
		this.newest = null;
		if (news) {
			tell(() -> log.warn(this.service + ": the snapshot " + this.file
					+ " can't be written; retrying after each successful poll: " + failure));
		}
	}

	private void tell(Runnable line) {
		try {
			line.run();
		}
		catch (Throwable ex) {
			this.errors.tell(ex);
		}
	}

}
