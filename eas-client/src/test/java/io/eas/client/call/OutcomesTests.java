package io.eas.client.call;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import io.eas.client.EasException.Attempt;
import io.eas.client.retry.RetryRules;
import io.eas.client.retry.RetryRules.Backoff;
import io.eas.http.BodyTooLargeException;
import io.eas.http.UnreadableAnswerException;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Outcome;
import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.channel.AbortedException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

import org.springframework.core.codec.EncodingException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is held against an instance, and what isn't its fault.
 */
class OutcomesTests {

	private static final RetryRules RULES = new RetryRules(3, Set.of(), Set.of(450, 502, 503, 504), true,
			new Backoff(Duration.ZERO, Duration.ofMillis(200), 2, 0.5));

	private static final Attempt ATTEMPT = new Attempt("mnist", new EasInstance("10.0.0.1", 8000, 100), 1, 3, null,
			RULES::isRetryable, () -> "", List.of());

	@ParameterizedTest
	@CsvSource({ "200,ANSWERED", "404,ANSWERED", "450,BUSY", "500,ANSWERED", "502,FAILED", "503,FAILED" })
	void outcomeOfStatus(int status, Outcome outcome) {
		assertThat(Outcomes.of(status, RULES)).isEqualTo(outcome);
	}

	static Stream<Arguments> beforeThereIsAConnection() {
		return Stream.of(Arguments.of(new ConnectException("Connection refused"), Outcome.UNREACHABLE),
				Arguments.of(new ConnectTimeoutException("connection timed out"), Outcome.UNREACHABLE),
				Arguments.of(new NoRouteToHostException("No route to host"), Outcome.UNREACHABLE),
				Arguments.of(new UnsupportedAddressTypeException(), Outcome.UNREACHABLE),
				Arguments.of(new SocketException("Network is unreachable"), Outcome.UNREACHABLE),
				Arguments.of(AbortedException.beforeSend(), Outcome.BROKEN),
				Arguments.of(new PoolAcquireTimeoutException(Duration.ofSeconds(1)), Outcome.POOL_EXHAUSTED),
				Arguments.of(new IllegalArgumentException("a header with a line break"), Outcome.CANCELLED),
				Arguments.of(new UnknownHostException("eas.test"), Outcome.CANCELLED),
				Arguments.of(new ChannelException("Failed to open a socket."), Outcome.CANCELLED),
				Arguments.of(new SocketException("Too many open files"), Outcome.CANCELLED),
				Arguments.of(new SocketException("Cannot assign requested address: /10.0.0.1:8000"), Outcome.CANCELLED),
				Arguments.of(new BindException("Address already in use"), Outcome.CANCELLED),
				Arguments.of(new RejectedExecutionException("event executor terminated"), Outcome.CANCELLED),
				Arguments.of(new IllegalStateException("executor not accepting a task"), Outcome.CANCELLED));
	}

	@ParameterizedTest
	@MethodSource("beforeThereIsAConnection")
	void outcomeOfFailureBeforeConnection(Throwable failure, Outcome outcome) {
		assertThat(Outcomes.of(Failures.classify(ATTEMPT, false, false, failure))).isEqualTo(outcome);
	}

	static Stream<Arguments> withAConnection() {
		return Stream.of(Arguments.of(new IOException("Connection reset by peer"), Outcome.BROKEN),
				Arguments.of(AbortedException.beforeSend(), Outcome.BROKEN),
				Arguments.of(ReadTimeoutException.INSTANCE, Outcome.FAILED),
				Arguments.of(new DecoderException(new SSLException("bad record MAC")), Outcome.BROKEN),
				Arguments.of(new UnreadableAnswerException("no HTTP", false, null), Outcome.FAILED),
				Arguments.of(new UnreadableAnswerException("a chunk of -1 bytes", true, null), Outcome.ANSWERED),
				Arguments.of(new BodyTooLargeException(16), Outcome.ANSWERED),
				Arguments.of(new RejectedExecutionException("event executor terminated"), Outcome.CANCELLED));
	}

	@ParameterizedTest
	@MethodSource("withAConnection")
	void outcomeOfFailureWithConnection(Throwable failure, Outcome outcome) {
		assertThat(Outcomes.of(Failures.classify(ATTEMPT, true, false, failure))).isEqualTo(outcome);
	}

	static Stream<Arguments> inAnExchange() {
		return Stream.concat(
				Stream.concat(withAConnection(), beforeThereIsAConnection())
					.filter((arguments) -> !(arguments.get()[0] instanceof BodyTooLargeException)),
				Stream.of(
						Arguments.of(new TooLongHttpHeaderException("HTTP header is larger than 8192 bytes."),
								Outcome.ANSWERED),
						Arguments.of(new TimeoutException("a filter's own"), Outcome.FAILED),
						Arguments.of(new HttpConnectTimeoutException("HTTP connect timed out"), Outcome.UNREACHABLE),
						Arguments.of(new HttpTimeoutException("request timed out"), Outcome.FAILED),
						Arguments.of(new SocketTimeoutException("Connect timed out"), Outcome.UNREACHABLE),
						Arguments.of(new SocketTimeoutException("Read timed out"), Outcome.FAILED),
						Arguments.of(new EncodingException("no JSON", new IOException("no file")), Outcome.CANCELLED),
						Arguments.of(new UnsupportedOperationException("a filter's own"), Outcome.CANCELLED)));
	}

	@ParameterizedTest
	@MethodSource("inAnExchange")
	void outcomeOfWebClientFailure(Throwable failure, Outcome outcome) {
		assertThat(Outcomes.ofAttempt(failure)).isEqualTo(outcome);
		assertThat(Outcomes.ofAttempt(
				new WebClientRequestException(failure, HttpMethod.GET, URI.create("http://mnist/"), new HttpHeaders())))
			.isEqualTo(outcome);
	}

}
