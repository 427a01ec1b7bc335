package io.eas.client.retry;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.eas.client.EasCodecException;
import io.eas.client.EasConnectException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException.Attempt;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.client.retry.RetryRules.Backoff;
import io.eas.client.retry.RetryRules.RetryOn;
import io.eas.http.Answer;
import io.eas.instance.EasInstance;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryRulesTests {

	private static final EasInstance INSTANCE = new EasInstance("10.0.0.1", 8000, 100);

	private static final Backoff BACKOFF = new Backoff(Duration.ZERO, Duration.ofMillis(200), 2, 0.5);

	private static final RetryRules DEFAULTS = new RetryRules(3,
			EnumSet.of(RetryOn.CONNECT, RetryOn.RESET, RetryOn.REFUSED_BY_STATUS), Set.of(450, 502, 503, 504), true,
			BACKOFF);

	@Test
	void retriesConnectFailuresAndBrokenConnections() {
		assertThat(new EasConnectException(in(DEFAULTS), "refused", null).isRetryable()).isTrue();
		assertThat(new EasConnectionException(in(DEFAULTS), "reset", null).isRetryable()).isTrue();
	}

	@Test
	void retriesReadTimeoutsOnlyIfConfigured() {
		assertThat(new EasTimeoutException(in(DEFAULTS), "silent", null, false).isRetryable()).isFalse();
		RetryRules rules = new RetryRules(3, EnumSet.allOf(RetryOn.class), Set.of(), true, BACKOFF);
		assertThat(new EasTimeoutException(in(rules), "silent", null, false).isRetryable()).isTrue();
		assertThat(new EasTimeoutException(in(rules), "deadline", null, true).isRetryable()).isFalse();
	}

	@Test
	void movesCallThatWaitsForStalledInstance() {
		assertThat(EasTimeoutException.moved(in(DEFAULTS), 700).isRetryable()).isTrue();
		assertThat(EasTimeoutException.moved(in(DEFAULTS.forIdempotent(false)), 700).isRetryable()).isFalse();
		RetryRules connectOnly = new RetryRules(3, EnumSet.of(RetryOn.CONNECT), Set.of(), true, BACKOFF);
		assertThat(EasTimeoutException.moved(in(connectOnly), 700).isRetryable()).isFalse();
		RetryRules silent = new RetryRules(3, EnumSet.of(RetryOn.READ_TIMEOUT), Set.of(), true, BACKOFF);
		assertThat(EasTimeoutException.moved(in(silent), 700).isRetryable()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "450,true", "502,true", "503,true", "504,true", "400,false", "401,false", "404,false", "405,false",
			"408,false", "429,false", "500,false" })
	void retriesOnlyConfiguredStatuses(int status, boolean retried) {
		Answer answer = new Answer(status, new DefaultHttpHeaders(), new byte[0], INSTANCE, 100);
		assertThat(new EasStatusException(in(DEFAULTS), answer).isRetryable()).isEqualTo(retried);
		assertThat(DEFAULTS.isRefusal(status)).isEqualTo(retried);
	}

	@Test
	void neverRetriesCodecFailures() {
		assertThat(new EasCodecException(in(DEFAULTS), "bad JSON", null).isRetryable()).isFalse();
	}

	@Test
	void retriesOnlyConnectFailuresIfTheCallIsNotIdempotent() {
		RetryRules rules = DEFAULTS.forIdempotent(false);
		Answer answer = new Answer(503, new DefaultHttpHeaders(), new byte[0], INSTANCE, 100);
		assertThat(new EasConnectException(in(rules), "refused", null).isRetryable()).isTrue();
		assertThat(new EasConnectionException(in(rules), "reset", null).isRetryable()).isFalse();
		assertThat(new EasStatusException(in(rules), answer).isRetryable()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "0,1,0", "0,2,10", "0,3,20", "0,4,40", "0,9,200", "100,1,100", "100,2,200", "100,3,200" })
	void pausesGrowUpToTheMaximum(long initialMillis, int failures, long pause) {
		Backoff backoff = new Backoff(Duration.ofMillis(initialMillis), Duration.ofMillis(200), 2, 0.5);
		assertThat(backoff.millisAfter(failures, 0)).isEqualTo(pause);
		assertThat(backoff.millisAfter(failures, 1)).isEqualTo(pause / 2);
	}

	private static Attempt in(RetryRules rules) {
		return new Attempt("mnist", INSTANCE, 1, 3, null, rules::isRetryable, () -> "", List.of());
	}

}
