package io.eas.loadbalanced;

import java.nio.ByteBuffer;

import io.eas.client.auth.Authentication;
import io.eas.http.EncodedBody;
import io.eas.instance.EasInstance;
import io.eas.service.EasService;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientInfos;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * Writes the body of a {@code WebClient}'s request after it has added the credentials,
 * which may be a signature of the body, to the headers. It is a body and not a filter, so
 * that it sees the request after all filters, and is kept if a filter copies the request.
 *
 * @param body the body of the request
 * @param service the service whose credentials are sent
 * @param instance the instance that the credentials are meant for
 */
record AuthenticatedBody(BodyInserter<?, ? super ClientHttpRequest> body, EasService service,
		EasInstance instance) implements BodyInserter<Object, ClientHttpRequest> {

	@Override
	public Mono<Void> insert(ClientHttpRequest request, Context context) {
		boolean isForInstance = InstanceCredentials.isFor(request.getURI(), request.getHeaders(), this.instance)
				&& !isRedirected(request);
		if (!isForInstance) {
			return this.body.insert(request, context);
		}
		try {
			Redirects.requireNone(this.service.name(), request);
		}
		catch (IllegalStateException ex) {
			return Mono.error(ex);
		}
		// read once, since a refresh may replace the authentication while the body is
		// written
		Authentication authentication = this.service.client().authentication();
		Mono<Void> written = Mono
			.defer(() -> this.body.insert(new Authenticated(request, this.service.name(), authentication), context));
		Mono<Void> token = this.service.client().pendingToken();
		return (token != null) ? token.then(written) : written;
	}

	/**
	 * Returns whether Reactor Netty writes the body again to follow a redirect, which may
	 * lead to any host.
	 */
	private static boolean isRedirected(ClientHttpRequest request) {
		return request.<Object>getNativeRequest() instanceof HttpClientInfos infos && infos.redirectedFrom().length > 0;
	}

	/** The request that the body is written to. */
	private static final class Authenticated extends ClientHttpRequestDecorator {

		private final String alias;

		private final Authentication authentication;

		Authenticated(ClientHttpRequest request, String alias, Authentication authentication) {
			super(request);
			this.alias = alias;
			this.authentication = authentication;
		}

		private void authenticate(EncodedBody body) {
			InstanceCredentials.applyTo(getHeaders(), this.authentication, getMethod(), getURI(), body);
		}

		/**
		 * Adds the credentials. Spring writes a value as a {@code Mono}, and a stream as
		 * a {@code Flux}, which can't be signed.
		 */
		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> content) {
			if (!this.authentication.signs()) {
				authenticate(EncodedBody.EMPTY);
				return super.writeWith(content);
			}
			if (!(content instanceof Mono<? extends DataBuffer> whole)) {
				return refuse();
			}
			return whole.map((buffer) -> signed((DataBuffer) buffer))
				.doOnDiscard(DataBuffer.class, DataBufferUtils::release)
				.flatMap((buffer) -> super.writeWith(Mono.just(buffer)).thenReturn(true))
				.switchIfEmpty(Mono.defer(() -> setComplete().thenReturn(true)))
				.then();
		}

		private DataBuffer signed(DataBuffer buffer) {
			ByteBuffer bytes = ByteBuffer.allocate(buffer.readableByteCount());
			buffer.toByteBuffer(bytes);
			authenticate(new EncodedBody(bytes.array(), 0, bytes.capacity()));
			return buffer;
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> content) {
			if (this.authentication.signs()) {
				return refuse();
			}
			authenticate(EncodedBody.EMPTY);
			return super.writeAndFlushWith(content);
		}

		@Override
		public Mono<Void> setComplete() {
			authenticate(EncodedBody.EMPTY);
			return super.setComplete();
		}

		private Mono<Void> refuse() {
			return Mono.error(new IllegalStateException(this.alias
					+ ": a body that is streamed can't be signed: send a value, or set auth.scheme to token or bearer"));
		}

	}

}
