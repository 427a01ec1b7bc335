package io.eas.client.request;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TimeLimitsTests {

	/** In milliseconds; the first five are configured, the next four said by the call. */
	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			# response request first next stream | timeout response first next | call response first next
			5000, -, -, -, -,              -, -, -, -,            10000, 5000, 5000, 5000
			8000, -, -, -, -,              -, -, -, -,            16000, 8000, 8000, 8000
			5000, -, 60000, -, -,          -, -, -, -,            120000, 5000, 60000, 5000
			5000, 8000, 60000, -, -,       -, -, -, -,            8000, 5000, 60000, 5000
			5000, 4000, 5001, -, -,        -, -, -, -,            4000, 5000, 5001, 5000
			5000, -, 1000, 300, -,         -, -, -, -,            10000, 5000, 1000, 300
			5000, -, -, -, 7000,           -, -, -, -,            7000, 5000, 5000, 5000
			5000, 4000, -, -, -,           -, -, 3000, -,         6000, 5000, 3000, 5000
			5000, 4000, -, -, -,           2000, -, 9000, -,      2000, 5000, 9000, 5000
			5000, 4000, -, -, -,           -, 5000, -, -,         10000, 5000, 5000, 5000
			5000, -, 60000, 300, -,        -, 3000, -, -,         10000, 3000, 3000, 3000
			5000, -, 60000, 300, -,        -, 3000, 70000, 100,   140000, 3000, 70000, 100
			""")
	void ofAStream(@Nullable Long response, @Nullable Long request, @Nullable Long first, @Nullable Long next,
			@Nullable Long stream, @Nullable Long ownCall, @Nullable Long ownResponse, @Nullable Long ownFirst,
			@Nullable Long ownNext, long expectedCall, long expectedResponse, long expectedFirst, long expectedNext) {
		HttpSettings settings = HttpSettings.builder()
			.responseTimeout(millis(response))
			.requestTimeout(millis(request))
			.firstEventTimeout(millis(first))
			.nextEventTimeout(millis(next))
			.streamTimeout(millis(stream))
			.build();
		TimeLimits.Requested requested = new TimeLimits.Requested();
		if (ownCall != null) {
			requested.call(millis(ownCall));
		}
		if (ownResponse != null) {
			requested.response(millis(ownResponse));
		}
		if (ownFirst != null) {
			requested.firstEvent(millis(ownFirst));
		}
		if (ownNext != null) {
			requested.nextEvent(millis(ownNext));
		}
		TimeLimits limits = requested.ofStream(settings);
		assertThat(limits.call()).hasMillis(expectedCall);
		assertThat(limits.response()).hasMillis(expectedResponse);
		assertThat(limits.firstEvent()).hasMillis(expectedFirst);
		assertThat(limits.nextEvent()).hasMillis(expectedNext);
		assertThat(limits.stream()).isEqualTo((stream != null) ? millis(stream) : TimeLimits.LONGEST);
	}

	@Test
	void callWithoutStreamIgnoresEventTimeouts() {
		TimeLimits.Requested requested = new TimeLimits.Requested();
		requested.firstEvent(Duration.ofMinutes(1));
		requested.stream(Duration.ofMillis(1));
		assertThat(requested.ofCall(HttpSettings.DEFAULTS)).isEqualTo(new TimeLimits(Duration.ofSeconds(10),
				Duration.ofSeconds(5), Duration.ofSeconds(5), TimeLimits.LONGEST, TimeLimits.LONGEST));
	}

	@Test
	void endlessLimitCountsAsOneYear() {
		TimeLimits.Requested requested = new TimeLimits.Requested();
		requested.call(ChronoUnit.FOREVER.getDuration());
		requested.firstEvent(ChronoUnit.FOREVER.getDuration());
		requested.nextEvent(ChronoUnit.FOREVER.getDuration());
		requested.stream(ChronoUnit.FOREVER.getDuration());
		assertThat(requested.ofStream(HttpSettings.DEFAULTS)).isEqualTo(new TimeLimits(TimeLimits.LONGEST,
				Duration.ofSeconds(5), TimeLimits.LONGEST, TimeLimits.LONGEST, TimeLimits.LONGEST));
		assertThatIllegalArgumentException().isThrownBy(() -> requested.stream(Duration.ZERO));
	}

	private static Duration millis(@Nullable Long millis) {
		return (millis != null) ? Duration.ofMillis(millis) : null;
	}

}
