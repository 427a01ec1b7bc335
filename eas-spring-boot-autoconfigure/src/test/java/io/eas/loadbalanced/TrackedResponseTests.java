package io.eas.loadbalanced;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceSource;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList.Source;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.eas.loadbalancer.selection.SelectionSettings;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;

class TrackedResponseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final ParameterizedTypeReference<String> TEXT = ParameterizedTypeReference.forType(String.class);

	static final List<Named<Function<ClientResponse, Publisher<?>>>> WAYS = List.of(
			way("body", (response) -> response.body(BodyExtractors.toMono(String.class))),
			way("bodyToMono", (response) -> response.bodyToMono(String.class)),
			way("bodyToMono, by reference", (response) -> response.bodyToMono(TEXT)),
			way("bodyToFlux", (response) -> response.bodyToFlux(String.class)),
			way("bodyToFlux, by reference", (response) -> response.bodyToFlux(TEXT)),
			way("toEntity", (response) -> response.toEntity(String.class).mapNotNull(ResponseEntity::getBody)),
			way("toEntity, by reference", (response) -> response.toEntity(TEXT).mapNotNull(ResponseEntity::getBody)),
			way("toEntityList",
					(response) -> response.toEntityList(String.class).flatMapIterable(ResponseEntity::getBody)),
			way("toEntityList, by reference",
					(response) -> response.toEntityList(TEXT).flatMapIterable(ResponseEntity::getBody)),
			way("createException",
					(response) -> response.createException().map(WebClientResponseException::getResponseBodyAsString)),
			way("createError",
					(response) -> response.createError()
						.onErrorResume(WebClientResponseException.class,
								(failure) -> Flux.just(failure.getResponseBodyAsString()).single())),
			way("mutate", (response) -> response.mutate().build().bodyToMono(String.class)),
			way("toBodilessEntity", (response) -> response.toBodilessEntity().map((entity) -> "the body")),
			way("releaseBody", (response) -> response.releaseBody().thenReturn("the body")));

	private final InstanceCache cache = new InstanceCache(Clock.systemUTC());

	private final InstanceSelector selector = new InstanceSelector(
			new InstanceSource("echo", this.cache, null, Instant.now()),
			new WeightedRoundRobin(RandomGenerator.getDefault()), SelectionSettings.DEFAULTS, EjectionListener.NONE,
			AttemptListener.NONE, Runnable::run);

	private final TestPublisher<DataBuffer> body = TestPublisher.create();

	TrackedResponseTests() {
		this.cache.succeed(List.of(new EasInstance("10.0.0.1", 80, 1), new EasInstance("10.0.0.2", 80, 1)),
				Source.STATIC);
	}

	private static Named<Function<ClientResponse, Publisher<?>>> way(String name,
			Function<ClientResponse, Publisher<?>> way) {
		return Named.of(name, way);
	}

	@ParameterizedTest
	@FieldSource("WAYS")
	void attemptEndsWithTheBodyHoweverItIsRead(Function<ClientResponse, Publisher<?>> way) {
		ClientResponse response = response();
		StepVerifier.create(Flux.from(way.apply(response)).cast(String.class))
			.then(() -> this.body.next(buffer("the body")))
			.then(() -> assertThat(inFlight()).isEqualTo(1))
			.then(this.body::complete)
			.expectNext("the body")
			.expectComplete()
			.verify(PATIENCE);
		assertThat(inFlight()).isZero();
	}

	@ParameterizedTest
	@FieldSource("WAYS")
	void attemptEndsWithTheCancellationOfTheBody(Function<ClientResponse, Publisher<?>> way) {
		StepVerifier.create(way.apply(response())).thenCancel().verify(PATIENCE);
		assertThat(inFlight()).isZero();
	}

	@Test
	void brokenBodyIsAFailureOfTheInstance() {
		for (int n = 0; n < 2 * EjectionSettings.DEFAULTS.consecutiveFailures(); n++) {
			Flux<DataBuffer> broken = Flux.error(new IOException("reset"));
			StepVerifier.create(watched(broken).bodyToMono(String.class)).expectError().verify(PATIENCE);
		}
		assertThat(inFlight()).isZero();
		assertThat(this.selector.states().toString()).contains("Ejected");
	}

	@Test
	void failureStatusCountsAlthoughTheBodyIsNotRead() {
		for (int n = 0; n < 2 * EjectionSettings.DEFAULTS.consecutiveFailures(); n++) {
			ClientResponse refused = ClientResponse.create(HttpStatus.SERVICE_UNAVAILABLE).body("x").build();
			StepVerifier.create(new TrackedResponse(refused, flight(), Outcome.FAILED).bodyToMono(Void.class))
				.verifyComplete();
		}
		assertThat(inFlight()).isZero();
		assertThat(this.selector.states().toString()).contains("Ejected");
	}

	@Test
	void otherPropertiesAreThoseOfTheOriginalResponse() {
		ClientResponse answer = ClientResponse.create(HttpStatus.ACCEPTED)
			.header("X-Model", "mnist")
			.cookie("a", "b")
			.build();
		ClientResponse response = new TrackedResponse(answer, flight(), Outcome.ANSWERED);
		assertThat(response.statusCode()).isEqualTo(HttpStatus.ACCEPTED);
		assertThat(response.headers().header("X-Model")).containsExactly("mnist");
		assertThat(response.cookies()).containsOnlyKeys("a");
		assertThat(response.strategies()).isSameAs(answer.strategies());
		assertThat(response.request()).isSameAs(answer.request());
		assertThat(response.logPrefix()).isEqualTo(answer.logPrefix());
		assertThat(response.mutate().build().headers().header("X-Model")).containsExactly("mnist");
	}

	private ClientResponse response() {
		return watched(this.body.flux());
	}

	private ClientResponse watched(Flux<DataBuffer> body) {
		ClientResponse answer = ClientResponse.create(HttpStatus.OK)
			.header("Content-Type", "text/plain")
			.body(body)
			.build();
		return new TrackedResponse(answer, flight(), Outcome.ANSWERED);
	}

	private TrackedAttempt flight() {
		return Objects.requireNonNull(this.selector.start(TriedInstances.none(), null));
	}

	private int inFlight() {
		return this.selector.states().stream().mapToInt(InstanceState::inFlight).sum();
	}

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

}
