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
 * Looks at the state of an emulator twice per second, and tells whoever watches, as
 * server-sent events. One loop looks, however many watch. Thread-safe.
 */
public final class AdminFeed {

	private static final Logger LOGGER = LoggerFactory.getLogger(AdminFeed.class);

	private static final Duration PERIOD = Duration.ofMillis(500);

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Supplier<AdminState> source;

	private final AdminHistory history;

	private final Scheduler scheduler;

	private volatile boolean failing;

	private volatile AdminState latest = AdminState.NOTHING;

	/**
	 * Stores; {@link #start()} begins to look.
	 * @param source makes the state as of now; must not block
	 * @param history what happens is added there
	 * @param scheduler where time passes; its end ends the feed
	 */
	public AdminFeed(Supplier<AdminState> source, AdminHistory history, Scheduler scheduler) {
		this.source = source;
		this.history = history;
		this.scheduler = scheduler;
	}

	/**
	 * Begins to look.
	 */
	public void start() {
		this.scheduler.schedulePeriodically(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
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
				LOGGER.warn("the state can't be shown; it is tried again every {} ms", PERIOD.toMillis(), ex);
			}
			this.failing = true;
		}
	}

	/**
	 * The events for one who watches.
	 * @return cold; twice per second an event with a JSON object, the first with the
	 * whole state and history, later ones with what is new. Cancel to end it. Who reads
	 * too slowly gets fewer events, with nothing but states left out
	 */
	Flux<ByteBuf> serverSentEvents() {
		return Flux.defer(() -> {
			Watcher watcher = new Watcher();
			return Flux.interval(Duration.ZERO, PERIOD, this.scheduler)
				.onBackpressureDrop()
				.map((tick) -> Unpooled.copiedBuffer("data: " + JSON.writeValueAsString(watcher.next()) + "\n\n",
						StandardCharsets.UTF_8));
		});
	}

	/**
	 * What has been told to one who watches.
	 */
	private final class Watcher {

		private @Nullable AdminState told;

		private long lastId;

		Update next() {
			AdminState state = AdminFeed.this.latest;
			List<AdminEvent> events = AdminFeed.this.history.since(this.lastId);
			AdminState news = Objects.equals(state, this.told) ? null : state;
			this.told = state;
			this.lastId = events.isEmpty() ? this.lastId : events.get(events.size() - 1).id();
			return new Update(Instant.now(), news, events);
		}

	}

	/**
	 * What is new.
	 *
	 * @param at when
	 * @param state the whole state; null if it is the one before
	 * @param events what happened since
	 */
	private record Update(Instant at, @JsonInclude(Include.NON_NULL) @Nullable AdminState state,
			List<AdminEvent> events) {
	}

}
