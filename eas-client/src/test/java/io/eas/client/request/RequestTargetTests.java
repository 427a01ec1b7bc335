package io.eas.client.request;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
	void rejectsPathWithQueryFragmentOrDotSegments(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> target("/p", path)).withMessageContaining(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/..;/..;/other", "/..;x=1/a", "/.;/a", "/a/..;", "/%2e%2e/a", "/.%2E;x=1",
			"/%252e%252e/a", "/a/%25252e./b", "/a\\..\\b", "/..\\b", "/%5c../b", "/a%2f..%2fb", "/..%2fb", "/..%3bx/b",
			"/%c0%ae%c0%ae/b", "/%e0%80%ae./b", "/%u002e./b", "/;/a", "/a/;x=1/b", "/%3b/a", "/..%00/a", "/a%0d%0ab",
			"/%%32%65./b", "/%%32e%%32e/a", "/%f0%80%80%ae./b", "/a%c1%9c..%c1%9cb", "/%u0025u002e./b", "/%25%32%65./b",
			"/a%%30d", "/%u00252e./b" })
	void rejectsPathThatServersWouldNormalize(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> target("/p", path)).withMessageContaining(path);
	}

	@ParameterizedTest
	@CsvSource({ "/v1/..hidden,/p/v1/..hidden", "/a;b=1,/p/a;b=1", "/a.b/...,/p/a.b/...", "/v1..;x,/p/v1..;x",
			"/100%,/p/100%25", "/a%20b,/p/a%2520b", "/models/a:b@1.0,/p/models/a:b@1.0",
			"/%2e%2e%2e/a,/p/%252e%252e%252e/a", "/%zz.a,/p/%25zz.a", "/%%.a,/p/%25%25.a",
			"/À®À®./a,/p/%C3%80%C2%AE%C3%80%C2%AE./a", "/%E5%BC%A0.a,/p/%25E5%25BC%25A0.a" })
	void acceptsPathsThatServersDoNotNormalize(String path, String sent) {
		assertThat(target("/p", path)).hasToString(sent);
	}

	@ParameterizedTest
	@CsvSource({ "0000,U+0000", "000A,U+000A", "0009,U+0009", "007F,U+007F", "0085,U+0085", "D83D,U+D83D",
			"DE00,U+DE00" })
	void refusesControlCharactersAndLoneSurrogatesInPaths(String hex, String named) {
		char character = (char) Integer.parseInt(hex, 16);
		assertThatIllegalArgumentException().isThrownBy(() -> target("/p", "/a" + character + "b"))
			.withMessageContaining(named)
			.withMessageContaining("/a");
	}

	@Test
	void rejectsUnpairedSurrogateInQuery() {
		RequestTarget target = target("/p", "");
		assertThatIllegalArgumentException().isThrownBy(() -> target.query("q", "a\uD83D"))
			.withMessageContaining("U+D83D");
		assertThatIllegalArgumentException().isThrownBy(() -> target.query("\uDE00", "a"));
		RequestTarget whole = target("/p", "/\uD83D\uDE00");
		whole.query("q", "张三\n");
		assertThat(whole).hasToString("/p/%F0%9F%98%80?q=%E5%BC%A0%E4%B8%89%0A");
	}

	@Test
	void cachesLimitedNumberOfPaths() {
		RequestTarget.Paths paths = new RequestTarget.Paths("/p");
		assertThat(paths.of("/a b")).isEqualTo("/p/a%20b").isSameAs(paths.of("/a b"));
		for (int i = 0; i < 100; i++) {
			assertThat(paths.of("/" + i)).isEqualTo("/p/" + i);
		}
		assertThat(paths.of("/99")).isNotSameAs(paths.of("/99"));
	}

	private static RequestTarget target(String prefix, String path) {
		return new RequestTarget(new RequestTarget.Paths(prefix).of(path));
	}

}
