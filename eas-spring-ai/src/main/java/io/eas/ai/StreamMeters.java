package io.eas.ai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.observation.conventions.AiObservationAttributes;
import org.springframework.ai.observation.conventions.AiOperationType;
import org.springframework.ai.observation.conventions.AiProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts the events of a stream, and measures the time to the first event and between
 * events. The meters have the names of OpenTelemetry's conventions. Spring AI itself
 * measures only whole calls and tokens. An event of OpenAI's protocol has one line of
 * data. Used for a single call; not thread-safe.
 *
 * @see <a href=
 * "https://github.com/open-telemetry/semantic-conventions-genai">OpenTelemetry, semantic
 * conventions for generative AI</a>
 */
final class StreamMeters {

	static final String FIRST = "gen_ai.client.operation.time_to_first_chunk";

	static final String FURTHER = "gen_ai.client.operation.time_per_output_chunk";

	private static final Logger LOG = LoggerFactory.getLogger(StreamMeters.class);

	private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

	/** The data of the event that only marks the end. */
	private static final String DONE = "[DONE]";

	private final @Nullable Timer first;

	private final @Nullable Timer further;

	/** When the last event arrived; before the first event, when the call started. */
	private long last = System.nanoTime();

	private long events;

	private long bytes;

	/**
	 * The first bytes of the current line, as many as are needed to recognize an event.
	 */
	private final byte[] line = new byte[DATA.length + 1 + DONE.length()];

	private int length;

	private StreamMeters(@Nullable Timer first, @Nullable Timer further) {
		this.first = first;
		this.further = further;
	}

	/**
	 * Creates the meters of a call that starts now.
	 * @param registry the registry, or null
	 * @param alias the alias of the service
	 * @param request the request
	 * @param body the body of the request, which names the model
	 */
	static StreamMeters of(@Nullable MeterRegistry registry, String alias, Request request, byte[] body) {
		String accepted = request.header("Accept");
		if (registry == null || accepted == null || !accepted.toLowerCase(Locale.ROOT).contains("text/event-stream")) {
			return new StreamMeters(null, null);
		}
		String path = request.url().encodedPath();
		AiOperationType operation = (path.endsWith("/completions") && !path.endsWith("/chat/completions"))
				? AiOperationType.TEXT_COMPLETION : AiOperationType.CHAT;
		Tags tags = Tags.of("eas.service", alias, AiObservationAttributes.AI_OPERATION_TYPE.value(), operation.value(),
				AiObservationAttributes.AI_PROVIDER.value(), AiProvider.OPENAI.value(),
				AiObservationAttributes.REQUEST_MODEL.value(), model(body));
		try {
			return new StreamMeters(registry.timer(FIRST, tags), registry.timer(FURTHER, tags));
		}
		catch (Throwable ex) {
			LOG.debug("{}: a stream can't be measured", alias, ex);
			return new StreamMeters(null, null);
		}
	}

	/** Returns the model that the body of a request names, or {@code none}. */
	private static String model(byte[] body) {
		try (JsonParser json = JsonMapper.shared().createParser(body)) {
			for (json.nextToken(); json.nextToken() == JsonToken.PROPERTY_NAME; json.skipChildren()) {
				boolean found = "model".equals(json.currentName());
				if (json.nextToken() == JsonToken.VALUE_STRING && found) {
					return json.getString();
				}
			}
		}
		catch (JacksonException ex) {
			// the service will report the error
		}
		return "none";
	}

	/** Reads the next bytes of the response. */
	void read(byte[] next) {
		this.bytes += next.length;
		for (byte one : next) {
			if (one == '\n') {
				endLine();
			}
			else if (this.length < this.line.length) {
				this.line[this.length++] = one;
			}
		}
	}

	private void endLine() {
		String said = new String(this.line, 0, this.length, StandardCharsets.UTF_8);
		boolean data = Arrays.equals(this.line, 0, Math.min(this.length, DATA.length), DATA, 0, DATA.length);
		this.length = 0;
		if (data && !said.substring(DATA.length).strip().equals(DONE)) {
			event();
		}
	}

	private void event() {
		long now = System.nanoTime();
		record((this.events == 0) ? this.first : this.further, now - this.last);
		this.last = now;
		this.events++;
	}

	/**
	 * Records a time. Catches all errors, because those of a registry, which is foreign
	 * code, must not end a stream.
	 */
	private static void record(@Nullable Timer timer, long nanos) {
		try {
			if (timer != null) {
				timer.record(nanos, TimeUnit.NANOSECONDS);
			}
		}
		catch (Throwable ex) {
			LOG.debug("an event can't be measured", ex);
		}
	}

	/** Returns whether any bytes have arrived. */
	boolean hasRead() {
		return this.bytes > 0;
	}

	/** Returns the number of events and bytes that have arrived. */
	@Override
	public String toString() {
		return this.events + " events, " + this.bytes + " bytes";
	}

}
