package io.eas.client;

import java.time.Duration;
import java.util.Objects;

import io.eas.http.BlockingResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;

/**
 * Wraps an {@link EasRequest} of any {@link EasClient} for a caller that waits for the
 * response.
 */
final class BlockingRequest implements EasBlockingRequest {

	private final String service;

	private final EasRequest request;

	BlockingRequest(String service, EasRequest request) {
		this.service = service;
		this.request = request;
	}

	@Override
	public EasBlockingRequest query(String name, Object... values) {
		this.request.query(name, values);
		return this;
	}

	@Override
	public EasBlockingRequest header(String name, String... values) {
		this.request.header(name, values);
		return this;
	}

	@Override
	public EasBlockingRequest contentType(MediaType contentType) {
		this.request.contentType(contentType);
		return this;
	}

	@Override
	public EasBlockingRequest accept(MediaType... mediaTypes) {
		this.request.accept(mediaTypes);
		return this;
	}

	@Override
	public EasBlockingRequest body(Object body) {
		this.request.body(body);
		return this;
	}

	@Override
	public EasBlockingRequest timeout(Duration timeout) {
		this.request.timeout(timeout);
		return this;
	}

	@Override
	public EasBlockingRequest responseTimeout(Duration timeout) {
		this.request.responseTimeout(timeout);
		return this;
	}

	@Override
	public EasBlockingRequest firstEventTimeout(Duration timeout) {
		this.request.firstEventTimeout(timeout);
		return this;
	}

	@Override
	public EasBlockingRequest nextEventTimeout(Duration timeout) {
		this.request.nextEventTimeout(timeout);
		return this;
	}

	@Override
	public EasBlockingRequest streamTimeout(Duration timeout) {
		this.request.streamTimeout(timeout);
		return this;
	}

	@Override
	public EasBlockingRequest idempotent(boolean idempotent) {
		this.request.idempotent(idempotent);
		return this;
	}

	@Override
	public EasBlockingRequest hashKey(String hashKey) {
		this.request.hashKey(hashKey);
		return this;
	}

	@Override
	public EasBlockingRequest requestId(String requestId) {
		this.request.requestId(requestId);
		return this;
	}

	@Override
	public <T> @Nullable T retrieve(Class<T> type) {
		return await(this.request.retrieve(type));
	}

	@Override
	public <T> @Nullable T retrieve(ParameterizedTypeReference<T> type) {
		return await(this.request.retrieve(type));
	}

	@Override
	public <T> EasResponse<T> toEntity(Class<T> type) {
		return Objects.requireNonNull(await(this.request.toEntity(type)));
	}

	@Override
	public <T> EasResponse<T> toEntity(ParameterizedTypeReference<T> type) {
		return Objects.requireNonNull(await(this.request.toEntity(type)));
	}

	@Override
	public EasResponse<byte[]> exchange() {
		return Objects.requireNonNull(await(this.request.exchange()));
	}

	private <T> @Nullable T await(Mono<T> call) {
		return BlockingResult.of(call, this.service, (value) -> {
			// nothing to release
		});
	}

}
