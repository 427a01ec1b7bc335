package io.eas.loadbalanced;

import java.util.List;
import java.util.Objects;

import io.eas.client.call.Outcomes;
import io.eas.client.retry.RetryRules;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.TrackedAttempt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponseDecorator;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.BodyExtractor;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * The response to an attempt of a {@code WebClient}; the end of its body ends the
 * attempt. It delegates to the original response, since {@link ClientResponse#mutate()}
 * would copy everything for each call. Only rarely used methods, such as
 * {@link #createException}, make such a copy.
 *
 * @param response the original response
 * @param attempt the attempt
 * @param outcome the outcome of the attempt if the body is complete
 */
record TrackedResponse(ClientResponse response, TrackedAttempt attempt, Outcome outcome) implements ClientResponse {

	/** Creates the tracked response, and records that the instance responds. */
	static ClientResponse of(ClientResponse response, TrackedAttempt attempt, RetryRules rules) {
		int status = response.statusCode().value();
		Outcome outcome = Outcomes.of(status, rules);
		HttpRequest request = response.request();
		attempt.answering(status, request.getMethod().name(),
				Objects.requireNonNullElse(request.getURI().getRawPath(), ""));
		if (!isEventStream(response)) {
			attempt.answering(outcome);
		}
		return new TrackedResponse(response, attempt, outcome);
	}

	/**
	 * Returns whether the response is an event stream, whose headers arrive before the
	 * instance has done any work.
	 */
	private static boolean isEventStream(ClientResponse response) {
		return StringUtils.startsWithIgnoreCase(response.headers().asHttpHeaders().getFirst(HttpHeaders.CONTENT_TYPE),
				MediaType.TEXT_EVENT_STREAM_VALUE);
	}

	@Override
	public <T> T body(BodyExtractor<T, ? super ClientHttpResponse> extractor) {
		return this.response.body((message, context) -> extractor.extract(new WatchedMessage(message), context));
	}

	@Override
	public <T> Mono<T> bodyToMono(Class<? extends T> type) {
		return body(BodyExtractors.toMono(type));
	}

	@Override
	public <T> Mono<T> bodyToMono(ParameterizedTypeReference<T> type) {
		return body(BodyExtractors.toMono(type));
	}

	@Override
	public <T> Flux<T> bodyToFlux(Class<? extends T> type) {
		return body(BodyExtractors.toFlux(type));
	}

	@Override
	public <T> Flux<T> bodyToFlux(ParameterizedTypeReference<T> type) {
		return body(BodyExtractors.toFlux(type));
	}

	/**
	 * Mutates the original response, since Spring's builder takes the request only from
	 * its own implementation.
	 */
	@Override
	public Builder mutate() {
		return this.response.mutate().body(this::watched);
	}

	private ClientResponse copy() {
		return mutate().build();
	}

	private Flux<DataBuffer> watched(Flux<DataBuffer> body) {
		return new TrackedBody(body, this.attempt, this.outcome);
	}

	@Override
	public Mono<Void> releaseBody() {
		return copy().releaseBody();
	}

	@Override
	public <T> Mono<ResponseEntity<T>> toEntity(Class<T> type) {
		return copy().toEntity(type);
	}

	@Override
	public <T> Mono<ResponseEntity<T>> toEntity(ParameterizedTypeReference<T> type) {
		return copy().toEntity(type);
	}

	@Override
	public <T> Mono<ResponseEntity<List<T>>> toEntityList(Class<T> type) {
		return copy().toEntityList(type);
	}

	@Override
	public <T> Mono<ResponseEntity<List<T>>> toEntityList(ParameterizedTypeReference<T> type) {
		return copy().toEntityList(type);
	}

	@Override
	public Mono<ResponseEntity<Void>> toBodilessEntity() {
		return copy().toBodilessEntity();
	}

	@Override
	public Mono<WebClientResponseException> createException() {
		return copy().createException();
	}

	@Override
	public <T> Mono<T> createError() {
		return copy().createError();
	}

	@Override
	public HttpStatusCode statusCode() {
		return this.response.statusCode();
	}

	@Override
	public Headers headers() {
		return this.response.headers();
	}

	@Override
	public MultiValueMap<String, ResponseCookie> cookies() {
		return this.response.cookies();
	}

	@Override
	public ExchangeStrategies strategies() {
		return this.response.strategies();
	}

	@Override
	public HttpRequest request() {
		return this.response.request();
	}

	@Override
	public String logPrefix() {
		return this.response.logPrefix();
	}

	/** The underlying HTTP response with a tracked body. */
	private final class WatchedMessage extends ClientHttpResponseDecorator {

		WatchedMessage(ClientHttpResponse message) {
			super(message);
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return watched(super.getBody());
		}

	}

}
