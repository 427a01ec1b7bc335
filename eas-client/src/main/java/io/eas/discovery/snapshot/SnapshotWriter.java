package io.eas.discovery.snapshot;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.eas.http.FirstFailure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Writes the snapshots of a service when there is something new to write, one at a time:
 * of those that come while one is being written only the newest is. A failure is told
 * once, until a write succeeds. Nothing that goes wrong keeps the next snapshot from
 * being written. Thread-safe.
 */
final class SnapshotWriter {

	private static final Log log = LogFactory.getLog(SnapshotWriter.class);

	/** How far the time of the last success on disk may be behind. */
	static final Duration REFRESH = Duration.ofMinutes(1);

	private final String service;

	private final SnapshotFile file;

	private final Scheduler scheduler;

	private boolean running;

	/** The newest that was to be written, be it written or not; null if it failed. */
	private @Nullable Snapshot newest;

	private @Nullable Snapshot pending;

	private boolean active;

	private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

	private boolean failing;

	private final FirstFailure errors;

	/**
	 * A writer.
	 * @param service the alias, for the log
	 * @param file the file
	 * @param scheduler where to write
	 */
	SnapshotWriter(String service, SnapshotFile file, Scheduler scheduler) {
		this.service = service;
		this.file = file;
		this.scheduler = scheduler;
		this.errors = new FirstFailure(
				service + ": the result of writing a snapshot could not be logged; snapshots are written all the same");
	}

	/**
	 * Takes snapshots from now on.
	 */
	synchronized void start() {
		this.running = true;
	}

	/**
	 * Writes a snapshot soon, if the list is another than the one on disk or its time is
	 * to be refreshed.
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
			// the scheduler was closed, or has no thread and can't start one
			this.active = false;
			failed(ex);
		}
	}

	static boolean isDue(@Nullable Snapshot written, Snapshot next) {
		return written == null || !written.list().holds(next.list().instances())
				|| Duration.between(written.lastSuccess(), next.lastSuccess()).abs().compareTo(REFRESH) >= 0;
	}

	/**
	 * Takes no more snapshots.
	 * @return completes when what was taken is written
	 */
	synchronized CompletableFuture<?> stop() {
		this.running = false;
		return this.writing;
	}

	/**
	 * Drops what isn't being written yet.
	 */
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
				// or nothing would ever be written again
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

	/** At the end the thread may be interrupted, which is nobody's mistake. */
	private synchronized void failed(Throwable failure) {
		boolean news = !this.failing && this.running;
		this.failing = true;
		this.newest = null;
		if (news) {
			tell(() -> log.warn(this.service + ": the snapshot " + this.file
					+ " can't be written, which is tried again after each good poll: " + failure));
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
