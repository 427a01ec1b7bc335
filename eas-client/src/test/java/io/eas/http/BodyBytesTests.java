package io.eas.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.tcp.TcpServer;
import reactor.test.StepVerifier;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies as servers send them, right or wrong.
 */
class BodyBytesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String OK = "HTTP/1.1 200 OK\r\n";

	private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

	@ParameterizedTest
	@CsvSource({ "0, 0", "0, 100", "1, 1", "1, 100", "1023, 5000", "1024, 1024", "1025, 1025", "1025, 5000",
			"100000, 100000", "3000000, 4194304" })
	void bodyIsCollectedWithAndWithoutAnnouncedLength(int size, int limit) {
		byte[] body = new byte[size];
		new Random(size).nextBytes(body);
		assertThat(collect(answer(OK + "Content-Length: " + size + "\r\n\r\n", body), limit)).isEqualTo(body);
		assertThat(collect(answer(OK + "Connection: close\r\n\r\n", body), limit)).isEqualTo(body);
		byte[] chunked = (size > 0)
				? answer(answer(CHUNKED + Integer.toHexString(size) + "\r\n", body), "\r\n0\r\n\r\n".getBytes(US_ASCII))
				: (CHUNKED + "0\r\n\r\n").getBytes(US_ASCII);
		assertThat(collect(chunked, limit)).isEqualTo(body);
	}

	@Test
	void manyChunksAreJoined() {
		assertThat(collect((CHUNKED + "3\r\nabc\r\n".repeat(1000) + "0\r\n\r\n").getBytes(US_ASCII), 3000))
			.asString(US_ASCII)
			.isEqualTo("abc".repeat(1000));
	}

	@Test
	void missingBodyIsEmpty() {
		assertThat(collect((OK + "Content-Length: 0\r\n\r\n").getBytes(US_ASCII), 10)).isEmpty();
		assertThat(collect("HTTP/1.1 204 No Content\r\n\r\n".getBytes(US_ASCII), 10)).isEmpty();
	}

	@Test
	void bytesBeyondTheAnnouncedLengthAreIgnored() {
		assertThat(collect((OK + "Content-Length: 3\r\n\r\nabcdef").getBytes(US_ASCII), 10)).asString()
			.isEqualTo("abc");
	}

	@ParameterizedTest
	@ValueSource(strings = { OK + "Content-Length: 10\r\n\r\nabc", CHUNKED + "a\r\nabc", CHUNKED + "3\r\nabc\r\n" })
	void truncatedBodyFails(String answer) {
		verify(answer.getBytes(US_ASCII), 100, PrematureCloseException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { OK + "Content-Length: 11\r\n\r\nabcdefghijk", CHUNKED + "b\r\nabcdefghijk\r\n0\r\n\r\n",
			CHUNKED + "6\r\nabcdef\r\n5\r\nghijk\r\n0\r\n\r\n", OK + "Connection: close\r\n\r\nabcdefghijk" })
	void bodyAboveTheLimitIsRejected(String answer) {
		verify(answer.getBytes(US_ASCII), 10, BodyTooLargeException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "11", "2147483648", "9223372036854775807" })
	void announcedLengthAboveTheLimitIsRejectedAtOnce(String length) throws InterruptedException {
		CountDownLatch closed = new CountDownLatch(1);
		DisposableServer server = server((OK + "Content-Length: " + length + "\r\n\r\n").getBytes(US_ASCII), true,
				closed);
		try {
			StepVerifier.create(request(server, 10))
				.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(BodyTooLargeException.class)
					.hasMessage("the answer is larger than the limit of 10 bytes"))
				.verify(PATIENCE);
			assertThat(closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("connection closed").isTrue();
		}
		finally {
			server.disposeNow(PATIENCE);
		}
	}

	@Test
	void endlessBodyIsRejectedAndItsConnectionClosed() throws InterruptedException {
		CountDownLatch closed = new CountDownLatch(1);
		DisposableServer server = server((CHUNKED + "b\r\nabcdefghijk\r\n").getBytes(US_ASCII), true, closed);
		try {
			StepVerifier.create(request(server, 10)).expectError(BodyTooLargeException.class).verify(PATIENCE);
			assertThat(closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("connection closed").isTrue();
		}
		finally {
			server.disposeNow(PATIENCE);
		}
	}

	@Test
	void invalidContentLengthFails() {
		verify((OK + "Content-Length: x\r\n\r\nabc").getBytes(US_ASCII), 10, IllegalArgumentException.class);
	}

	private static void verify(byte[] answer, int limit, Class<? extends Throwable> failure) {
		DisposableServer server = server(answer, false, new CountDownLatch(1));
		try {
			StepVerifier.create(request(server, limit)).expectError(failure).verify(PATIENCE);
		}
		finally {
			server.disposeNow(PATIENCE);
		}
	}

	private static byte[] collect(byte[] answer, int limit) {
		DisposableServer server = server(answer, false, new CountDownLatch(1));
		try {
			return request(server, limit).block(PATIENCE);
		}
		finally {
			server.disposeNow(PATIENCE);
		}
	}

	private static Mono<byte[]> request(DisposableServer server, int limit) {
		return HttpClient.newConnection()
			.disableRetry(true)
			.get()
			.uri("http://127.0.0.1:" + server.port() + "/")
			.response((response, body) -> BodyBytes.collect(response, body, limit))
			.single();
	}

	private static DisposableServer server(byte[] answer, boolean keepOpen, CountDownLatch closed) {
		return TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.doOnConnection((connection) -> connection.onDispose(closed::countDown))
			.handle((in, out) -> in.receive()
				.take(1)
				.concatMap((request) -> out.send(Flux.just(Unpooled.wrappedBuffer(answer))).then())
				.then(keepOpen ? in.receive().then() : Mono.empty()))
			.bindNow(PATIENCE);
	}

	private static byte[] answer(String head, byte[] body) {
		return answer(head.getBytes(US_ASCII), body);
	}

	private static byte[] answer(byte[] head, byte[] body) {
		byte[] answer = Arrays.copyOf(head, head.length + body.length);
		System.arraycopy(body, 0, answer, head.length, body.length);
		return answer;
	}

}
