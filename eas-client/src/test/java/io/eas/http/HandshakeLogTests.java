package io.eas.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class HandshakeLogTests {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

	private final HandshakeLog log = new HandshakeLog("mnist", this.now::get);

	@Test
	void failureIsLoggedOncePerMinute(CapturedOutput output) {
		fail(10, "expired");
		pass(Duration.ofSeconds(59));
		fail(10, "expired");
		assertThat(lines(output)).singleElement().asString().contains("mnist: TLS handshake failed: expired");
		pass(Duration.ofSeconds(1));
		fail(10, "still expired");
		assertThat(lines(output)).hasSize(2).last().asString().contains("still expired");
		this.log.accept(null);
		this.log.accept(null);
		assertThat(lines(output)).hasSize(3).last().asString().contains("mnist: TLS handshakes succeed again");
		fail(10, "expired again");
		assertThat(lines(output)).hasSize(3);
		pass(Duration.ofMinutes(1));
		fail(10, "expired again");
		assertThat(lines(output)).hasSize(4).last().asString().contains("expired again");
	}

	@Test
	void oneBadAddressOfSeveralIsLoggedOncePerMinute(CapturedOutput output) {
		for (int second = 0; second < 120; second++) {
			this.log.accept(null);
			fail(1, "expired");
			pass(Duration.ofSeconds(1));
		}
		assertThat(lines(output)).filteredOn((line) -> line.contains("TLS handshake failed")).hasSize(2);
		assertThat(lines(output)).filteredOn((line) -> line.contains("succeed again")).hasSize(2);
	}

	@Test
	void successIsLoggedLaterIfTheMinuteIsNotOver(CapturedOutput output) {
		fail(1, "expired");
		this.log.accept(null);
		pass(Duration.ofSeconds(30));
		fail(1, "expired");
		this.log.accept(null);
		assertThat(lines(output)).hasSize(2);
		pass(Duration.ofSeconds(30));
		this.log.accept(null);
		this.log.accept(null);
		assertThat(lines(output)).hasSize(3).last().asString().contains("succeed again");
	}

	private void fail(int times, String reason) {
		for (int i = 0; i < times; i++) {
			this.log.accept(new SSLException(reason));
		}
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("mnist: ") && !line.contains("DEBUG")).toList();
	}

}
