package io.eas.client.call;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.client.EasResponse;
import io.eas.client.EasStatusException;
import io.eas.http.HttpDate;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How long an instance is left alone that asks for it.
 */
class RetryAfterTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Instant NOW = Instant.parse("1994-11-06T08:49:27Z");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Sun, 06 Nov 1994 08:49:37 GMT | 10000", "Sunday, 06-Nov-94 08:49:37 GMT | 10000",
					"Sun Nov  6 08:49:37 1994 | 10000", "sun, 06 nov 1994 08:49:37 gmt | 10000", "10 | 10000", "0 | 0",
					"Sun, 06 Nov 1994 08:49:27 GMT | 0", "Sun, 06 Nov 1994 08:49:17 GMT | 0",
					"Saturday, 06-Nov-93 08:49:37 GMT | 0", "Wednesday, 06-Nov-44 08:49:37 GMT | 1577923210000",
					"Thu, 06 Nov 9999 08:49:37 GMT | 3153600000000", "9999999999999999999999 | 3153600000000",
					"soon | 0", "-5 | 0", "1.5 | 0", "Sun, 31 Feb 1994 08:49:37 CET | 0", "'' | 0" })
	void saysHowLong(String value, long millis) {
		assertThat(HttpDate.millisUntil(value, NOW)).isEqualTo(millis);
	}

	@ParameterizedTest
	@ValueSource(strings = { "EEE, dd MMM yyyy HH:mm:ss 'GMT'", "EEEE, dd-MMM-yy HH:mm:ss 'GMT'",
			"EEE MMM ppd HH:mm:ss yyyy" })
	void aRateLimitIsWaitedForUntilItsDate(String form) throws Exception {
		AtomicInteger calls = new AtomicInteger();
		Instant free = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 3);
		String date = DateTimeFormatter.ofPattern(form, Locale.ENGLISH).withZone(ZoneOffset.UTC).format(free);
		try (RawServer server = RawServer.start((socket, request) -> RawServer.send(socket,
				(calls.incrementAndGet() == 1) ? RawService.answer("429 Slow down\r\nRetry-After: " + date, "")
						: RawService.answer("200 OK", "ok")))) {
			RawService.run(List.of(server), (client, context) -> {
				EasResponse<String> answer = client.get("").toEntity(String.class).block(PATIENCE);
				assertThat(answer.attempts()).isEqualTo(2);
				assertThat(Instant.now()).isAfterOrEqualTo(free);
			}, "eas.retry.on-statuses=429", "eas.http.request-timeout=30s");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "3600", "99999999999", "Thu, 31 Dec 2099 23:59:59 GMT" })
	void delayLongerThanTheRemainingTimeIsNotWaitedFor(String value) throws Exception {
		try (RawServer server = RawServer
			.answering(RawService.answer("429 Slow down\r\nRetry-After: " + value, "slow"))) {
			RawService.run(List.of(server),
					(client, context) -> assertThatExceptionOfType(EasStatusException.class)
						.isThrownBy(() -> client.get("").retrieve(String.class).block(PATIENCE))
						.withMessageContaining("attempt 1 of 3")
						.withMessageContaining("not tried again: the call has "),
					"eas.retry.on-statuses=429");
		}
	}

	@Test
	void unavailableInstanceIsAvoidedAndOthersAreTriedAtOnce() throws Exception {
		String busy = RawService.answer("503 Busy\r\nRetry-After: 3600", "busy");
		try (RawServer one = RawServer.answering(busy);
				RawServer other = RawServer.answering(RawService.answer("200 OK", "ok"))) {
			RawService.run(List.of(one, other), (client, context) -> {
				for (int i = 0; i < 4; i++) {
					assertThat(client.get("").retrieve(String.class).block(PATIENCE)).isEqualTo("ok");
				}
			});
			RawService.run(List.of(one),
					(client, context) -> assertThatExceptionOfType(EasStatusException.class)
						.isThrownBy(() -> client.get("").retrieve(String.class).block(PATIENCE))
						.withMessageContaining("attempt 1 of 3")
						.withMessageContaining("not tried again"));
		}
	}

}
