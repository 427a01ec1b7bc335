package io.eas.client.auth;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

import io.eas.client.auth.Authentication.SignedPart;
import io.eas.http.EncodedBody;
import io.eas.http.HttpDate;
import io.eas.test.SettableClock;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AuthSchemeTests {

	private static final Clock NEW_YEAR = Clock.fixed(Instant.parse("2024-01-01T00:00:00Z"), ZoneOffset.UTC);

	private static final TokenSource TOKEN = TokenSource.fixed("abc");

	@ParameterizedTest
	@CsvSource(quoteCharacter = '~',
			textBlock = """
					{}      | application/octet-stream | /api/predict/echo | 99914b932bd37a50b983c5e7c90ae93b | EAS VWzHDG05q30WzNgRDYDQGdVI2I0=
					{}      | application/json         | /api/predict/echo | 99914b932bd37a50b983c5e7c90ae93b | EAS al6TzfaGqJMnq3Lts34//Dxnmz4=
					{}      | application/octet-stream | /api/predict/echo/v1/chat/completions?a=1 | 99914b932bd37a50b983c5e7c90ae93b | EAS D87mC/llafHHIk4k/cm23lSChBw=
					~~      | application/octet-stream | /api/predict/echo | d41d8cd98f00b204e9800998ecf8427e | EAS TrfuLpQg/3qiv1gf0EN4NYiMznE=
					{"n":1} | application/octet-stream | /api/predict/echo | 082c26c8a6bc75226a31da5495cc9292 | EAS OpmSdemB7M07S0+VRtcR5tDbKgc=
					""",
			delimiter = '|')
	void signsAsTheVendorsSdksDo(String body, String contentType, String resource, String md5, String authorization) {
		HttpHeaders headers = headers(AuthScheme.SIGNATURE.with(TOKEN, NEW_YEAR), body, contentType, resource);
		assertThat(headers.get("Content-MD5")).isEqualTo(md5);
		assertThat(headers.get("Date")).isEqualTo("Mon, 01 Jan 2024 00:00:00 GMT");
		assertThat(headers.get("Authorization")).isEqualTo(authorization);
	}

	@Test
	void signsOnlyThePartOfTheArrayThatIsTheBody() {
		EncodedBody part = new EncodedBody("xx{}yy".getBytes(StandardCharsets.UTF_8), 2, 2);
		HttpHeaders headers = new DefaultHttpHeaders();
		AuthScheme.SIGNATURE.with(TOKEN, NEW_YEAR)
			.prepare(new SignedPart("POST", "application/json", "/api/predict/echo", part))
			.writeTo(headers);
		assertThat(headers.get("Authorization")).isEqualTo("EAS al6TzfaGqJMnq3Lts34//Dxnmz4=");
	}

	@Test
	void signsWithTheNewTokenOnceItChanges() {
		AtomicReference<String> token = new AtomicReference<>("other");
		Authentication authentication = AuthScheme.SIGNATURE.with(token::get, NEW_YEAR);
		assertThat(authorization(authentication)).isNotEqualTo("EAS VWzHDG05q30WzNgRDYDQGdVI2I0=");
		token.set("abc");
		assertThat(authorization(authentication)).isEqualTo("EAS VWzHDG05q30WzNgRDYDQGdVI2I0=");
	}

	@Test
	void sendsThePlainToken() {
		assertThat(authorization(AuthScheme.TOKEN.with(TOKEN, NEW_YEAR))).isEqualTo("abc");
	}

	@Test
	void sendsTheTokenAsABearer() {
		assertThat(authorization(AuthScheme.BEARER.with(TOKEN, NEW_YEAR))).isEqualTo("Bearer abc");
	}

	@Test
	void sendsNothingWithSchemeNone() {
		assertThat(headers(AuthScheme.NONE.with(null, NEW_YEAR), "{}", "application/json", "/")).isEmpty();
	}

	@Test
	void refusesASchemeWithoutAToken() {
		assertThatIllegalArgumentException().isThrownBy(() -> AuthScheme.BEARER.with(null, NEW_YEAR))
			.withMessageContaining("needs a token");
	}

	@Test
	void datesHaveTwoDigitsAndFollowTheClock() {
		SettableClock clock = new SettableClock(Instant.parse("2026-03-05T07:08:09.999Z"));
		HttpDate date = new HttpDate(clock);
		assertThat(date.now()).isEqualTo("Thu, 05 Mar 2026 07:08:09 GMT");
		clock.pass(Duration.ofMillis(1));
		assertThat(date.now()).isEqualTo("Thu, 05 Mar 2026 07:08:10 GMT");
	}

	private static String authorization(Authentication authentication) {
		return headers(authentication, "{}", "application/octet-stream", "/api/predict/echo").get("Authorization");
	}

	private static HttpHeaders headers(Authentication authentication, String body, String contentType,
			String resource) {
		HttpHeaders headers = new DefaultHttpHeaders();
		EncodedBody bytes = EncodedBody.of(body.getBytes(StandardCharsets.UTF_8));
		authentication.prepare(new SignedPart("POST", contentType, resource, bytes)).writeTo(headers);
		return headers;
	}

}
