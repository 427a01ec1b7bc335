package io.eas.emulator.probe;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eas.emulator.net.Loopback;
import io.eas.emulator.probe.ProbeResult.Failure;
import io.eas.emulator.probe.ProbeResult.Success;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where {@code http_get} goes from a redirect.
 */
class HttpRedirectTests extends HttpProbes {

	private static String redirect(String location) {
		return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
	}

	/** Answers /n with a redirect to /n-1, and /0 with 204. */
	private static void chain(Socket socket, String request) throws IOException {
		int left = Integer.parseInt(request.substring("GET /".length(), request.indexOf(" HTTP")));
		RawServer.send(socket, (left == 0) ? status(204) : redirect("/" + (left - 1)));
	}

	@Test
	void followsRedirectsOnTheSameHost() throws Exception {
		try (RawServer server = RawServer.start(HttpRedirectTests::chain)) {
			assertThat(probe("/1", server.port())).isEqualTo(new Success("GET /1 answered 204 after 1 redirect"));
			assertThat(probe("/9", server.port())).isEqualTo(new Success("GET /9 answered 204 after 9 redirects"));
		}
	}

	@Test
	void givesUpOnTheTenthRedirect() throws Exception {
		try (RawServer server = RawServer.start(HttpRedirectTests::chain)) {
			assertThat(probe("/10", server.port())).isEqualTo(new Failure("GET /10: more than 9 redirects"));
			assertThat(server.requests()).hasSize(10);
		}
	}

	@Test
	void anotherPortOfTheSameHostIsTheSameHost() throws Exception {
		try (RawServer other = RawServer.answering(status(500))) {
			assertThat(probe((socket, request) -> RawServer.send(socket,
					redirect("http://" + Loopback.address(other.port()) + "/x"))))
				.isEqualTo(new Failure("GET / answered 500 after 1 redirect"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://model.example/login", "//model.example/login", "https://127.0.0.2/login",
			"http://my_model/login" })
	void aRedirectToAnotherHostHasPassedWithAWarning(String elsewhere) throws Exception {
		ProbeResult result = probe((socket, request) -> RawServer.send(socket, redirect(elsewhere)));
		assertThat(result).isInstanceOf(Success.class);
		assertThat(result.detail()).startsWith("GET / was redirected to another host, ")
			.endsWith("/login: not followed, and taken for healthy");
	}

	@Test
	void redirectWithoutALocationIsAResponseLikeAnyOther() throws Exception {
		assertThat(probe((socket, request) -> RawServer.send(socket, status(302))))
			.isEqualTo(new Success("GET / answered 302"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://[/", "ftp://127.0.0.1/", "http://127.0.0.1:99999/" })
	void aRedirectThatCannotBeFollowedFails(String location) throws Exception {
		assertThat(probe((socket, request) -> RawServer.send(socket, redirect(location)))).isInstanceOf(Failure.class);
	}

	@Test
	void timeoutIncludesRedirects() throws Exception {
		try (RawServer server = RawServer.start(
				(socket, request) -> RawServer.send(socket, request.startsWith("GET / ") ? redirect("/slow") : ""))) {
			assertThat(probeHastily(server.port())).isEqualTo(new Failure("GET /: no whole answer within 1 s"));
			assertThat(server.requests()).hasSize(2);
		}
	}

	@Test
	void redirectWithASlowBodyTimesOut() throws Exception {
		try (RawServer server = RawServer
			.answering("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 10\r\n\r\nslow")) {
			assertThat(probeHastily(server.port())).isEqualTo(new Failure("GET /: no whole answer within 1 s"));
		}
	}

	@Test
	void aRedirectWhoseBodyBreaksOffIsFollowed() throws Exception {
		assertThat(probe((socket, request) -> {
			RawServer.send(socket, request.startsWith("GET / ")
					? "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 10\r\n\r\nhalf" : status(204));
			socket.close();
		})).isEqualTo(new Success("GET / answered 204 after 1 redirect"));
	}

	@ParameterizedTest
	@CsvSource({ "?ready, /a/b?ready", "c, /a/c", "./c/, /a/c/", "../c?x=1, /c?x=1", "../../../c, /c",
			"/c/./d/../e, /c/e", "/c d, /c%20d", "/{c}?{d} e, /%7Bc%7D?%7Bd%7D%20e", "/c#top, /c", "/c%2Fd, /c%2Fd",
			"/c.d/..e, /c.d/..e", "//127.0.0.1:PORT/c, /c", "HTTP://127.0.0.1:PORT/c/.., /" })
	void aRelativeLocationIsResolvedAsRfc3986Says(String location, String asked) throws Exception {
		try (RawServer server = RawServer
			.start((socket, request) -> RawServer.send(socket, request.startsWith("GET /a/b?old ")
					? redirect(location.replace("PORT", Integer.toString(socket.getLocalPort()))) : status(200)))) {
			assertThat(probe("/a/b?old", server.port()))
				.isEqualTo(new Success("GET /a/b?old answered 200 after 1 redirect"));
			assertThat(server.requests().get(1)).startsWith("GET " + asked + " HTTP/1.1\r\n");
		}
	}

	@Test
	void aRelativeLocationOfAnAddressWithoutAPathBeginsAtTheRoot() throws Exception {
		List<String> asked = new CopyOnWriteArrayList<>();
		try (RawServer server = RawServer.start((socket, request) -> {
			asked.add(request.substring(0, request.indexOf(" HTTP")));
			String whole = "http://127.0.0.1:" + socket.getLocalPort();
			RawServer.send(socket, switch (asked.size()) {
				case 1 -> redirect(whole);
				case 2 -> redirect("ready");
				default -> status(200);
			});
		})) {
			assertThat(probe("/", server.port())).isEqualTo(new Success("GET / answered 200 after 2 redirects"));
		}
		assertThat(asked).containsExactly("GET /", "GET /", "GET /ready");
	}

	@Test
	void aLocationThatOnlyNamesAFragmentIsTheSameAddress() throws Exception {
		try (RawServer server = RawServer.answering(redirect("#top"))) {
			assertThat(probe("/a?b", server.port())).isEqualTo(new Failure("GET /a?b: more than 9 redirects"));
			assertThat(server.requests()).allSatisfy((request) -> assertThat(request).startsWith("GET /a?b HTTP"));
		}
	}

}
