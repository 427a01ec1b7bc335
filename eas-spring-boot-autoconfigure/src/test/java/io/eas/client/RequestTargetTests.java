package io.eas.client;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequestTargetTests {

	@Test
	void appendsThePathToThePrefix() {
		assertThat(target("/api/predict/llm", "/v1/chat/completions"))
			.hasToString("/api/predict/llm/v1/chat/completions");
		assertThat(target("/api/predict/llm", "")).hasToString("/api/predict/llm");
	}

	@Test
	void encodesWhatNeedsEncoding() {
		RequestTarget target = target("/p", "/größe/a b%");
		target.query("q&", "ä=ö", 1);
		target.query("flag");
		assertThat(target).hasToString("/p/gr%C3%B6%C3%9Fe/a%20b%25?q%26=%C3%A4%3D%C3%B6&q%26=1&flag");
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1", "/a?b=1", "/a#b", "/../admin", "/a/..", "/./a" })
	void refusesAPathThatIsMoreThanAPath(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> target("/p", path)).withMessageContaining(path);
	}

	@Test
	void keepsPathsThatComeAgainAndNotAllThereAre() {
		EncodedPaths paths = new EncodedPaths("/p");
		assertThat(paths.of("/a b")).isEqualTo("/p/a%20b").isSameAs(paths.of("/a b"));
		for (int i = 0; i < 100; i++) {
			assertThat(paths.of("/" + i)).isEqualTo("/p/" + i);
		}
		assertThat(paths.of("/99")).isNotSameAs(paths.of("/99"));
	}

	private static RequestTarget target(String prefix, String path) {
		return new RequestTarget(new EncodedPaths(prefix).of(path));
	}

}
