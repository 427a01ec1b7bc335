package io.eas.client;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequestTargetTests {

	@Test
	void appendsThePathToThePrefix() {
		assertThat(new RequestTarget("/api/predict/llm", "/v1/chat/completions"))
			.hasToString("/api/predict/llm/v1/chat/completions");
		assertThat(new RequestTarget("/api/predict/llm", "")).hasToString("/api/predict/llm");
	}

	@Test
	void encodesWhatNeedsEncoding() {
		RequestTarget target = new RequestTarget("/p", "/größe/a b%");
		target.query("q&", "ä=ö", 1);
		target.query("flag");
		assertThat(target).hasToString("/p/gr%C3%B6%C3%9Fe/a%20b%25?q%26=%C3%A4%3D%C3%B6&q%26=1&flag");
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1", "/a?b=1", "/a#b", "/../admin", "/a/..", "/./a" })
	void refusesAPathThatIsMoreThanAPath(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> new RequestTarget("/p", path))
			.withMessageContaining(path);
	}

}
