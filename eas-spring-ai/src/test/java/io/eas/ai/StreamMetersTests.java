package io.eas.ai;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.noop.NoopTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The meters of a stream.
 */
class StreamMetersTests {

	private static final String QUESTION = "{\"messages\":[{\"model\":\"no\"}],\"n\":1,\"model\":\"qwen\",\"stream\":true}";

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private StreamMeters meters(String path, String body) {
		Request request = new Request.Builder().url("http://llm" + path).header("Accept", "text/event-stream").build();
		return StreamMeters.of(this.registry, "llm", request, body.getBytes(StandardCharsets.UTF_8));
	}

	private long count(String meter) {
		return this.registry.get(meter).timer().count();
	}

	@Test
	void eventsAreCountedWhereverTheirBytesAreSplit() {
		StreamMeters meters = meters("/v1/chat/completions", QUESTION);
		Stream
			.of(": comment\n\nda", "ta: {\"a\":1}\r\n\r", "\nevent: x\ndata:two\n\ndata: thr", "ee\n\n", "data: [DO",
					"NE]\n\n")
			.map((part) -> part.getBytes(StandardCharsets.UTF_8))
			.forEach(meters::read);
		assertThat(meters.toString()).startsWith("3 events, ");
		assertThat(count(StreamMeters.FIRST)).isEqualTo(1);
		assertThat(count(StreamMeters.FURTHER)).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "/v1/chat/completions, chat", "/v1/completions, text_completion", "/v1/responses, chat" })
	void tagsAreThoseOfSpringAi(String path, String operation) {
		meters(path, QUESTION);
		assertThat(this.registry.get(StreamMeters.FIRST)
			.tags("eas.service", "llm", "gen_ai.operation.name", operation, "gen_ai.system", "openai",
					"gen_ai.request.model", "qwen")
			.timer()
			.count()).isZero();
	}

	@Test
	void errorOfTheRegistryDoesNotEndTheStream() {
		MeterRegistry broken = new SimpleMeterRegistry() {

			@Override
			protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauses) {
				return new NoopTimer(id) {

					@Override
					public void record(long amount, TimeUnit unit) {
						throw new NoSuchMethodError("in another library");
					}

				};
			}

		};
		Request request = new Request.Builder().url("http://llm/v1/chat/completions")
			.header("Accept", "text/event-stream")
			.build();
		StreamMeters meters = StreamMeters.of(broken, "llm", request, new byte[0]);
		meters.read("data: 1\n\ndata: 2\n\n".getBytes(StandardCharsets.UTF_8));
		assertThat(meters).hasToString("2 events, 18 bytes");
	}

	@ParameterizedTest
	@CsvSource({ "'{\"messages\":[]}'", "'[1,2]'", "'{\"model\":7}'", "'{\"mod'", "''" })
	void bodyThatNamesNoModelHasNone(String body) {
		meters("/v1/chat/completions", body);
		assertThat(this.registry.get(StreamMeters.FIRST).tag("gen_ai.request.model", "none").timer().count()).isZero();
	}

}
