package io.eas.client.request;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import com.sun.management.ThreadMXBean;
import io.eas.client.EasRequest;
import io.eas.settings.InvalidSettingException;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which request ID a call has, and what its attempts send.
 */
class RequestIdentityTests {

	private static final HttpSettings CONFIGURED = HttpSettings.builder()
		.requestIdHeader("X-Trace")
		.attemptHeader("X-Attempt")
		.build();

	private static final Context CONTEXT = Context.of(EasRequest.REQUEST_ID, "from-context");

	@Test
	void callWithoutAnythingHasNoIdentity() {
		RequestIdentity identity = of(HttpSettings.DEFAULTS, null, Map.of(), CONTEXT);
		assertThat(identity.id()).isNull();
		assertThat(identity).isSameAs(of(HttpSettings.DEFAULTS, null, Map.of(), Context.empty()));
		assertThat(written(identity, 1)).isEmpty();
	}

	@Test
	void callWithoutAnythingAllocatesNothing() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		RequestIdentity identity = of(HttpSettings.DEFAULTS, null, Map.of(), CONTEXT);
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int n = 0; n < 10_000; n++) {
			identity = of(HttpSettings.DEFAULTS, null, Map.of(), CONTEXT);
		}
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
		assertThat(identity.id()).isNull();
	}

	@Test
	void idOfTheCallIsSentAlthoughNoHeaderIsConfigured() {
		RequestIdentity identity = of(HttpSettings.DEFAULTS, "mine", Map.of(), CONTEXT);
		assertThat(identity.id()).isEqualTo("mine");
		assertThat(written(identity, 1)).isEqualTo(Map.of("X-Request-Id", "mine"));
	}

	@Test
	void headerOfTheCallIsItsIdAndIsNotSentTwice() {
		RequestIdentity identity = of(HttpSettings.DEFAULTS, null, Map.of("X-Request-Id", List.of("42")), CONTEXT);
		assertThat(identity.id()).isEqualTo("42");
		assertThat(written(identity, 1)).isEmpty();
	}

	@Test
	void idInTheContextIsUsedIfAHeaderIsConfigured() {
		RequestIdentity identity = of(CONFIGURED, null, Map.of(), CONTEXT);
		assertThat(written(identity, 2)).isEqualTo(Map.of("X-Trace", "from-context", "X-Attempt", "2"));
	}

	@Test
	void idIsMadeIfThereIsNone() {
		String first = id(of(CONFIGURED, null, Map.of(), Context.empty()));
		String second = id(of(CONFIGURED, null, Map.of(), Context.empty()));
		assertThat(UUID.fromString(first).version()).isEqualTo(4);
		assertThat(UUID.fromString(first).variant()).isEqualTo(2);
		assertThat(first).isNotEqualTo(second);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\r\nAuthorization: x", "\u4e2d" })
	void idInTheContextThatNoHeaderCanCarryIsReplaced(String value) {
		String id = id(of(CONFIGURED, null, Map.of(), Context.of(EasRequest.REQUEST_ID, value)));
		assertThat(UUID.fromString(id)).isNotNull();
	}

	@Test
	void idInTheContextThatIsNoTextIsReplaced() {
		String id = id(of(CONFIGURED, null, Map.of(), Context.of(EasRequest.REQUEST_ID, 42)));
		assertThat(UUID.fromString(id)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "authorization", "Content-MD5" })
	void headerThatTheClientSetsItselfIsRefused(String header) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> HttpSettings.builder().requestIdHeader(header).build())
			.withMessageContaining("request-id-header");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> HttpSettings.builder().attemptHeader(header).build())
			.withMessageContaining("attempt-header");
	}

	@ParameterizedTest
	@CsvSource({ "X-Trace, x-trace", ", X-REQUEST-ID" })
	void numberOfTheAttemptMayNotReplaceTheId(String idHeader, String attemptHeader) {
		HttpSettings.Builder builder = HttpSettings.builder().requestIdHeader(idHeader).attemptHeader(attemptHeader);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(builder::build)
			.withMessageStartingWith("attempt-header must be another header than that of the request ID")
			.satisfies((ex) -> assertThat(ex.remedy()).contains("X-Attempt-Count"));
	}

	private static RequestIdentity of(HttpSettings settings, @Nullable String given, Map<String, List<String>> headers,
			Context context) {
		return RequestIdentity.of(settings, given, headers, context);
	}

	private static String id(RequestIdentity identity) {
		String id = identity.id();
		assertThat(id).isNotNull();
		return (id != null) ? id : "";
	}

	private static Map<String, String> written(RequestIdentity identity, int attempt) {
		HttpHeaders headers = new DefaultHttpHeaders();
		identity.writeTo(headers, attempt);
		return headers.entries().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

}
