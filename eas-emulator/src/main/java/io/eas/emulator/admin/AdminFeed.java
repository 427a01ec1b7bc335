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
 * a page that is opened later receives the history. Each open page is a watcher, with a
 * timer of its own. The timer sends the changes since the last server-sent event of this
 * watcher. Thread-safe.
 */
public final class AdminFeed {

	private static final Logger LOGGER = LoggerFactory.getLogger(AdminFeed.class);

	/** The time between two looks. */
	public static final Duration PERIOD = Duration.ofMillis(500);

	/** How soon browsers connect again, such as to the next local EAS on the port. */
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
	 * @param history receives the changes, and has the events for the watchers
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
	 * Returns a watcher, which has seen nothing yet.
	 * @return a watcher of its own for each caller
	 */
	public Watcher watcher() {
		return new Watcher();
	}

	/**
	 * Returns the server-sent events for one watcher.
	 * @return a cold, endless flux with one event twice per second, each a JSON object.
	 * The first event contains the whole state and history, the later ones contain the
	 * changes. A slow watcher receives fewer events and misses some states. It misses a
	 * part of the history only if this part is no longer kept when the next event of the
	 * watcher is due
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
	 * Remembers which state and which events one watcher has been told. Not thread-safe.
	 */
	public final class Watcher {

		private @Nullable AdminState told;

		private long lastId;

		private Watcher() {
		}

		/**
		 * Returns what is new since the last call. The first call returns the whole state
		 * and history.
		 * @return the news; one who asks too rarely misses some states, and of the
		 * history what is no longer kept
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
	 * What is new for a watcher.
	 *
	 * @param at the time
	 * @param state the whole state, or {@code null} if it hasn't changed
	 * @param events the events since the last one, in order
	 */
	public record Update(Instant at, @JsonInclude(Include.NON_NULL) @Nullable AdminState state,
			List<AdminEvent> events) {
	}

}
