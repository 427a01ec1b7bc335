package io.eas.emulator.net;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a proxy passes on.
 */
class EndToEndHeadersTests {

	private final HttpHeaders from = new DefaultHttpHeaders();

	private final HttpHeaders to = new DefaultHttpHeaders();

	@Test
	void allValuesOfAHeaderArePassedOn() {
		this.from.add("X-A", "1").add("X-A", "2");
		EndToEndHeaders.copy(this.from, this.to);
		assertThat(this.to.getAll("x-a")).containsExactly("1", "2");
	}

	@Test
	void hopByHopHeadersAreNotForwarded() {
		this.from.add("Transfer-Encoding", "chunked").add("KEEP-ALIVE", "timeout=5").add("Content-Type", "a/b");
		EndToEndHeaders.copy(this.from, this.to);
		assertThat(this.to.names()).containsExactly("Content-Type");
	}

	@Test
	void headersNamedByConnectionAreNotForwarded() {
		this.from.add("Connection", "close, X-Hop").add("Connection", ",x-other ,");
		this.from.add("x-hop", "1").add("X-Other", "2").add("X-End", "3");
		EndToEndHeaders.copy(this.from, this.to);
		assertThat(this.to.names()).containsExactly("X-End");
	}

}
