package io.eas.test.stub;

import java.util.List;

import io.eas.client.EasCodecException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasRequest;
import io.eas.client.EasResponse;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class EasClientStubTests {

	private final EasClientStub mnist = new EasClientStub("mnist");

	@Test
	void answersByPath() {
		this.mnist.when("").answer(new Digit(7));
		this.mnist.when("/v2").answer("{\"digit\":8}");
		assertThat(this.mnist.predict("x", Digit.class).block()).isEqualTo(new Digit(7));
		assertThat(this.mnist.get("/v2").retrieve(Digit.class).block()).isEqualTo(new Digit(8));
		assertThat(this.mnist.get("/v2").retrieve(String.class).block()).isEqualTo("{\"digit\":8}");
	}

	@Test
	void answersInOrderAndRepeatsTheLast() {
		this.mnist.when("").fail((attempt) -> new EasTimeoutException(attempt, "no answer", null, false)).answer("ok");
		StepVerifier.create(this.mnist.predict("x", String.class)).verifyError(EasTimeoutException.class);
		assertThat(this.mnist.predict("x", String.class).block()).isEqualTo("ok");
		assertThat(this.mnist.predict("x", String.class).block()).isEqualTo("ok");
	}

	@Test
	void statusOtherThan2xxIsAFailureUnlessTheWholeResponseIsAskedFor() {
		this.mnist.when("").answer(503, "busy");
		assertThatExceptionOfType(EasStatusException.class)
			.isThrownBy(() -> this.mnist.predict("x", String.class).block())
			.withMessage("mnist: attempt 1 of 1 on 192.0.2.1:80: status 503, the answer says: busy");
		EasResponse<byte[]> response = this.mnist.post("").exchange().block();
		assertThat(response.status().value()).isEqualTo(503);
		assertThat(response.body()).asString().isEqualTo("busy");
	}

	@Test
	void answerCanDependOnTheRequest() {
		this.mnist.when("").answerWith((request) -> List.of(request.text(), request.method().name()));
		assertThat(this.mnist.predict("x", new ParameterizedTypeReference<List<String>>() {
		}).block()).containsExactly("x", "POST");
	}

	@Test
	void streamsEvents() {
		this.mnist.when("/chat").stream(new Digit(1), "{\"digit\":\n2}");
		assertThat(chat().collectList().block()).containsExactly(new Digit(1), new Digit(2));
		assertThat(this.mnist.post("/chat").retrieveFlux(new ParameterizedTypeReference<ServerSentEvent<Digit>>() {
		}).map(ServerSentEvent::data).collectList().block()).containsExactly(new Digit(1), new Digit(2));
	}

	@Test
	void streamCanBreak() {
		this.mnist.when("/chat")
			.streamThenFail((attempt) -> new EasConnectionException(attempt, "reset", null), new Digit(1));
		StepVerifier.create(chat()).expectNext(new Digit(1)).verifyError(EasConnectionException.class);
	}

	private Flux<Digit> chat() {
		return this.mnist.post("/chat").retrieveFlux(Digit.class);
	}

	@Test
	void recordsWhatWouldBeSent() {
		this.mnist.when("/v1").answer("ok");
		this.mnist.method(HttpMethod.PUT, "/v1")
			.query("n", 1, 2)
			.header("X-A", "b")
			.accept(MediaType.TEXT_PLAIN)
			.hashKey("session")
			.body(new Digit(7))
			.toEntity(String.class)
			.block();
		assertThat(this.mnist.requests()).singleElement().satisfies((request) -> {
			assertThat(request.method()).isEqualTo(HttpMethod.PUT);
			assertThat(request.path()).isEqualTo("/v1");
			assertThat(request.query()).containsEntry("n", List.of(1, 2));
			assertThat(request.headers().getFirst("X-A")).isEqualTo("b");
			assertThat(request.headers().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
			assertThat(request.text()).isEqualTo("{\"digit\":7}");
			assertThat(request.body()).isEqualTo(new Digit(7));
			assertThat(request.hashKey()).isEqualTo("session");
		});
	}

	@ParameterizedTest
	@CsvSource({ "Content-Length,1", "Host,a", "Authorization,mine", "X A,b", "X-A,\u00e9" })
	void headerThatARealClientRefusesIsRefused(String name, String value) {
		EasRequest request = this.mnist.get("");
		assertThatIllegalArgumentException().isThrownBy(() -> request.header(name, value)).withMessageContaining(name);
	}

	@Test
	void eachSubscriptionIsARequest() {
		this.mnist.when("").answer("ok");
		this.mnist.predict("x", String.class).repeat(1).blockLast();
		assertThat(this.mnist.requests()).hasSize(2);
		this.mnist.reset();
		assertThat(this.mnist.requests()).isEmpty();
	}

	@Test
	void answerThatDoesNotFitIsACodecException() {
		this.mnist.when("").answer("no JSON");
		assertThatExceptionOfType(EasCodecException.class)
			.isThrownBy(() -> this.mnist.predict("x", Digit.class).block())
			.withMessageContaining("the answer can't be read");
	}

	@Test
	void requestWithoutAnAnswerSaysWhatIsMissing() {
		this.mnist.when("/v1").answer("ok");
		assertThatIllegalStateException().isThrownBy(() -> this.mnist.predict("x", String.class).block())
			.withMessage("The stub of mnist has no answer to POST '', only to [/v1]; add one with when(path)");
	}

	@Test
	void pathWithoutAnAnswerSaysThatWhenIsIncomplete() {
		this.mnist.when("");
		assertThatIllegalStateException().isThrownBy(() -> this.mnist.predict("x", String.class).block())
			.withMessage("The stub of mnist has no answer to POST ''; complete when(\"\") with answer(body) or another "
					+ "method");
	}

	@Test
	void emptyTextIsAnEmptyBody() {
		this.mnist.when("").answer("");
		StepVerifier.create(this.mnist.predict("x", Digit.class)).verifyComplete();
	}

	@Test
	void bodyThatARealClientRefusesIsRefused() {
		EasRequest request = this.mnist.post("/s");
		assertThatIllegalArgumentException().isThrownBy(() -> request.body(Mono.just("x")))
			.withMessageContaining("put the call into its flatMap");
	}

	@Test
	@SuppressWarnings("NullAway") // null is what is refused
	void nullIsRefusedWithTheNameOfTheParameter() {
		StubbedAnswers answers = this.mnist.when("");
		assertThatNullPointerException().isThrownBy(() -> this.mnist.when(null)).withMessage("path must not be null");
		assertThatNullPointerException().isThrownBy(() -> answers.answer(null)).withMessage("body must not be null");
		answers.answerWith((request) -> null);
		assertThatNullPointerException().isThrownBy(() -> this.mnist.predict("x", String.class).block())
			.withMessage("the body of an answer must not be null");
	}

	@Test
	void pathThatARealClientRefusesIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.mnist.get("v1"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.mnist.when("/v1?a=b"));
	}

	record Digit(int digit) {
	}

}
