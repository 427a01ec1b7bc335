package io.eas;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasCodecException;
import io.eas.client.EasConnectException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException.Attempt;
import io.eas.client.EasNoInstanceException;
import io.eas.client.EasRequest;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.http.Answer;
import io.eas.instance.EasInstance;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/** An argument that must not be null is named. */
class NullArgumentTests {

	private static final EasClients CLIENTS = Eas.builder()
		.service("mnist", (mnist) -> mnist.instances("127.0.0.1:1").token("abc"))
		.build();

	private static final Attempt ATTEMPT = new Attempt("mnist", new EasInstance("10.0.0.1", 80, 1));

	@AfterAll
	static void close() {
		CLIENTS.close();
	}

	static Stream<Arguments> requests() {
		return Stream.of(request("name", (request) -> request.query(null, "a")),
				request("values", (request) -> request.query("a", (Object[]) null)),
				request("values", (request) -> request.query("a", "b", null)),
				request("name", (request) -> request.header(null, "a")),
				request("values", (request) -> request.header("X", (String[]) null)),
				request("values", (request) -> request.header("X", "a", null)),
				request("contentType", (request) -> request.contentType(null)),
				request("mediaTypes", (request) -> request.accept((MediaType[]) null)),
				request("mediaTypes", (request) -> request.accept((MediaType) null)),
				request("body", (request) -> request.body(null)),
				request("timeout", (request) -> request.timeout(null)),
				request("timeout", (request) -> request.responseTimeout(null)),
				request("timeout", (request) -> request.firstEventTimeout(null)),
				request("timeout", (request) -> request.nextEventTimeout(null)),
				request("timeout", (request) -> request.streamTimeout(null)),
				request("requestId", (request) -> request.requestId(null)),
				request("type", (request) -> request.retrieve((Class<?>) null)),
				request("type", (request) -> request.retrieve((ParameterizedTypeReference<?>) null)),
				request("type", (request) -> request.toEntity((Class<?>) null)),
				request("type", (request) -> request.toEntity((ParameterizedTypeReference<?>) null)),
				request("type", (request) -> request.retrieveFlux((Class<?>) null)),
				request("type", (request) -> request.retrieveFlux((ParameterizedTypeReference<?>) null)));
	}

	private static Arguments request(String name, Consumer<EasRequest> call) {
		return named(name, () -> call.accept(CLIENTS.get("mnist").post("")));
	}

	static Stream<Arguments> clients() {
		EasClient client = CLIENTS.get("mnist");
		return Stream.of(named("path", () -> client.post(null)), named("path", () -> client.get(null)),
				named("method", () -> client.method(null, "")),
				named("path", () -> client.method(HttpMethod.PUT, null)),
				named("body", () -> client.predict(null, String.class)),
				named("type", () -> client.predict("a", (Class<?>) null)),
				named("type", () -> client.predict("a", (ParameterizedTypeReference<?>) null)));
	}

	static Stream<Arguments> builders() {
		return Stream.of(named("alias", () -> Eas.builder().service(null)),
				named("alias", () -> Eas.builder().service(null, (service) -> {
				})), named("change", () -> Eas.builder().service("a", null)),
				named("change", () -> Eas.builder().codecs(null)), named("change", () -> Eas.builder().http(null)),
				named("change", () -> Eas.builder().retry(null)), named("change", () -> Eas.builder().probe(null)),
				named("change", () -> Eas.builder().discovery(null)),
				named("change", () -> Eas.builder().ejection(null)),
				named("change", () -> Eas.builder().loadBalancer(null)),
				named("instances", () -> Eas.builder().instances((String[]) null)),
				named("instances", () -> Eas.builder().instances("a:1", null)),
				named("tokenFile", () -> Eas.builder().tokenFile(null)),
				settings("responseTimeout", (all) -> all.http((http) -> http.responseTimeout(null))),
				settings("maxInMemorySize", (all) -> all.http((http) -> http.maxInMemorySize(null))),
				settings("on", (all) -> all.retry((retry) -> retry.on(null, null))),
				settings("max", (all) -> all.retry((retry) -> retry.backoff(Duration.ofMillis(1), null, 2, 0))),
				settings("baseTime", (all) -> all.ejection((ejection) -> ejection.baseTime(null))),
				settings("period", (all) -> all.probe((probe) -> probe.period(null))),
				settings("slowStart", (all) -> all.loadBalancer((balancer) -> balancer.slowStart(null))),
				settings("directory", (all) -> all.discovery((discovery) -> discovery.snapshot((Path) null))),
				settings("allowedNetworks",
						(all) -> all.discovery((discovery) -> discovery.allowedNetworks((String) null))));
	}

	private static Arguments settings(String name, Consumer<Eas.Builder> change) {
		return named(name, () -> {
			Eas.Builder builder = Eas.builder().service("a");
			change.accept(builder);
			builder.build();
		});
	}

	static Stream<Arguments> failures() {
		return Stream.of(named("attempt", () -> new EasNoInstanceException(null, "a", null)),
				named("attempt", () -> new EasConnectException(null, "a", null)),
				named("attempt", () -> new EasConnectionException(null, "a", null)),
				named("attempt", () -> new EasCodecException(null, "a", null)),
				named("attempt", () -> new EasTimeoutException(null, "a", null, false)),
				named("attempt", () -> EasTimeoutException.moved(null, 1)),
				named("attempt", () -> new EasStatusException(null, 418, "a")),
				named("body", () -> new EasStatusException(ATTEMPT, 418, null)),
				named("answer", () -> new EasStatusException(ATTEMPT, (Answer) null)),
				named("service", () -> new Attempt(null, ATTEMPT.instance())),
				named("retryable", () -> new Attempt("a", null, 0, 1, null, null, () -> "", List.of())),
				named("secret", () -> new Attempt("a", null, 0, 1, null, (failure) -> true, null, List.of())),
				named("earlier", () -> new Attempt("a", null, 0, 1, null, (failure) -> true, () -> "", null)));
	}

	private static Arguments named(String name, ThrowingCallable call) {
		return Arguments.of(name, call);
	}

	@ParameterizedTest
	@MethodSource({ "requests", "clients", "builders", "failures" })
	void isNamed(String name, ThrowingCallable call) {
		assertThatNullPointerException().isThrownBy(call).withMessageMatching(name + " must not (be|hold) null");
	}

}
