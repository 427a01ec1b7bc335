package io.eas.emulator.admin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records the state of an emulator twice per second, even while no page is open, so that
 * a page that is opened later receives the history. Each open page is a watcher. The
 * timer of a watcher sends the changes since its last server-sent event. Thread-safe.
 */
public final class AdminFeed {

	private static final Logger LOGGER = LoggerFactory.getLogger(AdminFeed.class);

	/** The interval at which the state is recorded. */
	public static final Duration PERIOD = Duration.ofMillis(500);

	/**
	 * The delay after which a browser reconnects, for example to a restarted local EAS.
	 */
	private static final String RETRY = "retry: " + PERIOD.toMillis() + "\n";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Supplier<AdminState> source;

	private final AdminHistory history;

	private final Scheduler scheduler;

	private volatile boolean failing;

	private volatile AdminState latest = AdminState.NOTHING;

	/**
	 * Creates a feed; {@link #start()} starts it.
	 * @param source returns the current state; must not block
	 * @param history receives the changes and supplies the watchers with events
	 * @param scheduler the scheduler of the loop; disposing it ends the feed
	 */
	public AdminFeed(Supplier<AdminState> source, AdminHistory history, Scheduler scheduler) {
		this.source = source;
		this.history = history;
		this.scheduler = scheduler;
	}

	/**
	 * Starts the loop.
	 */
	public void start() {
		look();
		this.scheduler.schedulePeriodically(this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void look() {
		try {
			AdminState after = this.source.get();
			new StateChanges(this.history, Instant.now()).tell(this.latest, after);
			this.latest = after;
			this.failing = false;
		}
		catch (RuntimeException ex) {
			if (!this.failing) {
				LOGGER.warn("Cannot read the state for the page; trying again every {} ms", PERIOD.toMillis(), ex);
			}
			this.failing = true;
		}
	}

	/**
	 * Returns a new watcher, whose first update contains the whole state and history.
	 * @return a new watcher
	 */
	public Watcher watcher() {
		return new Watcher();
	}

	/**
	 * Returns the server-sent events for one watcher.
	 * @return a cold, endless flux with one event twice per second, each a JSON object.
	 * The first event contains the whole state and history, the later ones contain the
	 * changes. A slow watcher receives fewer events and misses some states. It misses
	 * only those parts of the history that are dropped before its next event
	 */
	Flux<ByteBuf> serverSentEvents() {
		return Flux.defer(() -> {
			Watcher watcher = watcher();
			return Flux.interval(Duration.ZERO, PERIOD, this.scheduler)
				.onBackpressureDrop()
				.map((tick) -> ((tick == 0) ? RETRY : "") + "data: " + JSON.writeValueAsString(watcher.next()) + "\n\n")
				.map((event) -> Unpooled.copiedBuffer(event, StandardCharsets.UTF_8));
		});
	}

	/**
	 * Remembers the last state and the last event that one watcher has received. Not
	 * thread-safe.
	 */
	public final class Watcher {

		private @Nullable AdminState told;

		private long lastId;

		private Watcher() {
		}

		/**
		 * Returns the changes since the last call. The first call returns the whole state
		 * and history.
		 * @return the changes; a watcher that calls too rarely misses some states, and
		 * the events that the history has dropped
		 */
		public Update next() {
			AdminState state = AdminFeed.this.latest;
			List<AdminEvent> events = AdminFeed.this.history.since(this.lastId);
			AdminState news = Objects.equals(state, this.told) ? null : state;
			this.told = state;
			this.lastId = events.isEmpty() ? this.lastId : events.get(events.size() - 1).id();
			return new Update(Instant.now(), news, events);
		}

	}

	/**
	 * The changes since a watcher's last update.
	 *
	 * @param at the time
	 * @param state the whole state, or {@code null} if it hasn't changed
	 * @param events the events since the last one, in order
	 */
	public record Update(Instant at, @JsonInclude(Include.NON_NULL) @Nullable AdminState state,
			List<AdminEvent> events) {
	}

}
