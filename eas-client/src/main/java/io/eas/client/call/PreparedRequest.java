package io.eas.client.call;

import io.eas.client.request.CallSettings;
import io.eas.client.request.HeaderRules;
import io.eas.client.request.HttpSettings;
import io.eas.client.request.RequestIdentity;
import io.eas.client.request.RequestTarget;
import io.eas.client.request.TimeLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.eas.client.EasCodecException;
import io.eas.client.EasException;
import io.eas.client.EasRequest;
import io.eas.client.EasResponse;
import io.eas.client.auth.Authentication.Credentials;
import io.eas.client.auth.Authentication.SignedPart;
import io.eas.client.codec.BodyCodecs;
import io.eas.client.retry.RetryRules;
import io.eas.http.EncodedBody;
import io.eas.loadbalancer.RequestLoad;
import io.eas.settings.Assert;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.util.function.SingletonSupplier;

/**
 * Collects the parts of a request. Each subscription to the result creates a
 * {@link CallExecution}.
 */
final class PreparedRequest implements EasRequest {

	private final ServiceClient client;

	private final HttpMethod method;

	private final RequestTarget target;

	/** Immutable until the first header is added, and then replaced by a mutable map. */
	private Map<String, List<String>> headers = Map.of();

	private @Nullable MediaType contentType;

	private @Nullable Object body;

	private TimeLimits.@Nullable Requested limits;

	private @Nullable String hashKey;

	private @Nullable String requestId;

	/**
	 * Whether the time limits of a stream apply, even if the response is not read as a
	 * stream.
	 */
	private boolean streamed;

	/**
	 * How long the call has already waited for its body, in nanoseconds.
	 */
	private long waited;

	/** Whether the call may be executed more than once; null to use the setting. */
	private @Nullable Boolean idempotent;

	/**
	 * Creates a request without a body.
	 * @throws IllegalArgumentException if the method or the path can't be sent
	 */
	PreparedRequest(ServiceClient client, HttpMethod method, String path) {
		String invalid = HeaderRules.whyNoToken(method.name());
		if (invalid != null) {
			throw new IllegalArgumentException("The method '" + method.name() + "' can't be sent: it " + invalid);
		}
		this.client = client;
		this.method = method;
		this.target = new RequestTarget(path);
	}

	@Override
	public EasRequest query(String name, Object... values) {
		this.target.query(Assert.notNull("name", name), Assert.noneNull("values", values));
		return this;
	}

	@Override
	public EasRequest header(String name, String... values) {
		HeaderRules.check(name, values, this.client.settings().showsToken());
		if (HttpHeaderNames.CONTENT_TYPE.contentEqualsIgnoreCase(name)) {
			return contentType(MediaType.parseMediaType(String.join(",", values)));
		}
		this.headers = this.headers.isEmpty() ? new LinkedCaseInsensitiveMap<>() : this.headers;
		this.headers.computeIfAbsent(name, (key) -> new ArrayList<>(1)).addAll(List.of(values));
		return this;
	}

	@Override
	public EasRequest contentType(MediaType contentType) {
		if (!Assert.notNull("contentType", contentType).getParameters().isEmpty()) {
			HeaderRules.requireSendable("Content-Type", contentType.toString());
		}
		this.contentType = contentType;
		return this;
	}

	@Override
	public EasRequest accept(MediaType... mediaTypes) {
		return header(HttpHeaderNames.ACCEPT.toString(),
				MediaType.toString(Arrays.asList(Assert.noneNull("mediaTypes", mediaTypes))));
	}

	@Override
	public EasRequest body(Object body) {
		NoValue.refuse(Assert.notNull("body", body));
		this.body = body;
		return this;
	}

	@Override
	public EasRequest timeout(Duration timeout) {
		limits().call(timeout);
		return this;
	}

	@Override
	public EasRequest responseTimeout(Duration timeout) {
		limits().response(timeout);
		return this;
	}

	@Override
	public EasRequest firstEventTimeout(Duration timeout) {
		limits().firstEvent(timeout);
		return this;
	}

	@Override
	public EasRequest nextEventTimeout(Duration timeout) {
		limits().nextEvent(timeout);
		return this;
	}

	@Override
	public EasRequest streamTimeout(Duration timeout) {
		limits().stream(timeout);
		return this;
	}

	private TimeLimits.Requested limits() {
		TimeLimits.Requested requested = (this.limits != null) ? this.limits : new TimeLimits.Requested();
		this.limits = requested;
		return requested;
	}

	@Override
	public EasRequest idempotent(boolean idempotent) {
		this.idempotent = idempotent;
		return this;
	}

	@Override
	public EasRequest hashKey(String hashKey) {
		this.hashKey = Assert.notNull("hashKey", hashKey);
		return this;
	}

	@Override
	public EasRequest requestId(String requestId) {
		if (Assert.notNull("requestId", requestId).isEmpty()) {
			throw new IllegalArgumentException("A request ID can't be empty");
		}
		HeaderRules.requireSendable(RequestIdentity.DEFAULT_HEADER, requestId);
		this.requestId = requestId;
		return this;
	}

	@Override
	public <T> Mono<T> retrieve(Class<T> type) {
		return CallMono.of(this, new ResponseReader.Body<>(this.client.settings().codecs(), type(type)));
	}

	@Override
	public <T> Mono<T> retrieve(ParameterizedTypeReference<T> type) {
		return CallMono.of(this, new ResponseReader.Body<>(this.client.settings().codecs(), type(type)));
	}

	@Override
	public <T> Mono<EasResponse<T>> toEntity(Class<T> type) {
		return CallMono.of(this,
				new ResponseReader.Entity<>(new ResponseReader.Body<>(this.client.settings().codecs(), type(type))));
	}

	@Override
	public <T> Mono<EasResponse<T>> toEntity(ParameterizedTypeReference<T> type) {
		return CallMono.of(this,
				new ResponseReader.Entity<>(new ResponseReader.Body<>(this.client.settings().codecs(), type(type))));
	}

	@Override
	public <T> Flux<T> retrieveFlux(Class<T> type) {
		return stream(type(type));
	}

	@Override
	public <T> Flux<T> retrieveFlux(ParameterizedTypeReference<T> type) {
		return stream(type(type));
	}

	private ResolvableType type(Class<?> type) {
		return this.client.settings().codecs().type(Assert.notNull("type", type));
	}

	private static ResolvableType type(ParameterizedTypeReference<?> type) {
		return ResolvableType.forType(Assert.notNull("type", type));
	}

	private <T> Flux<T> stream(ResolvableType type) {
		BodyCodecs codecs = this.client.settings().codecs();
		if (BodyCodecs.isNothing(type)) {
			return this.<DataBuffer>stream(codecs.type(DataBuffer.class))
				.handle((buffer, sink) -> DataBufferUtils.release(buffer));
		}
		return CallMono.of(this, new ResponseReader.Stream<T>(codecs, type)).flatMapMany(Function.identity());
	}

	@Override
	public Mono<EasResponse<byte[]>> exchange() {
		return CallMono.of(this, new ResponseReader.Raw());
	}

	/** Sets whether the time limits are those of a stream. */
	void streamed(boolean streamed) {
		this.streamed = streamed;
	}

	/** Returns the policy of a call that begins now. */
	CallPolicy policy() {
		return this.client.policy();
	}

	/**
	 * Adds the time before this request was complete to the time of the call.
	 * @param nanos how long the call has waited for its body, in nanoseconds
	 */
	void waited(long nanos) {
		this.waited = nanos;
	}

	/**
	 * Encodes and signs the request. Called once per subscription.
	 * @param context the context of the subscriber
	 * @param policy the policy of the call
	 * @param reader converts the response for the caller
	 * @throws EasException on any failure, including an {@link Error}
	 */
	Call call(ContextView context, CallPolicy policy, ResponseReader<?> reader) {
		RequestIdentity identity = RequestIdentity.of(policy.settings().http(), this.requestId, this.headers, context);
		CallObserver observer = this.client.calls().started(this.method.name(), context);
		String id = identity.id();
		if (id != null) {
			this.client.calls().identified(observer, id);
		}
		try {
			return call(policy, identity, observer, reader);
		}
		catch (Throwable ex) {
			EasException failure = unwritable(policy, ex, id);
			this.client.calls().failed(observer, failure, 0);
			throw failure;
		}
	}

	private EasException unwritable(CallPolicy policy, Throwable failure, @Nullable String requestId) {
		return (failure instanceof EasException known) ? known
				: new EasCodecException(policy.attempt(null, 0, requestId, rules(policy)::isRetryable, List.of()),
						"the body can't be written: " + Failures.text(failure), failure);
	}

	private Call call(CallPolicy policy, RequestIdentity identity, CallObserver observer, ResponseReader<?> reader) {
		CallSettings settings = policy.settings();
		Object content = this.body;
		MediaType mediaType = (this.contentType != null || content == null) ? this.contentType
				: settings.codecs().defaultType(content);
		EncodedBody plain = (content != null && mediaType != null) ? encoded(content, mediaType) : EncodedBody.EMPTY;
		EncodedBody encoded = settings.http().requestCompression().compress(plain);
		String type = ((mediaType != null) ? mediaType : MediaType.APPLICATION_OCTET_STREAM).toString();
		String resource = this.target.toString();
		SignedPart signed = new SignedPart(this.method.name(), type, resource, encoded);
		RequestLoad load = this.client.read(plain);
		if (load != null) {
			this.client.calls().loadRead(observer, load);
		}
		return new Call(this.client, policy, io.netty.handler.codec.http.HttpMethod.valueOf(this.method.name()),
				resource, type, this.headers.isEmpty() ? this.headers : Map.copyOf(this.headers), encoded,
				credentials(policy, signed), limits(policy, reader), rules(policy), hashKey(settings), load, reader,
				identity, observer, this.client.nanoTime() - this.waited);
	}

	private EncodedBody encoded(Object content, MediaType mediaType) {
		return (content instanceof EncodedBody known) ? known
				: this.client.settings().codecs().encode(content, mediaType);
	}

	/**
	 * Signs the request at once or, if there is no token yet, when the credentials are
	 * first used.
	 */
	private static Credentials credentials(CallPolicy policy, SignedPart signed) {
		if (policy.pendingToken() == null) {
			return policy.authentication().prepare(signed);
		}
		Supplier<Credentials> later = SingletonSupplier.of(() -> policy.authentication().prepare(signed));
		return (headers) -> later.get().writeTo(headers);
	}

	private RetryRules rules(CallPolicy policy) {
		RetryRules rules = policy.settings().rules();
		return (this.idempotent != null) ? rules.forIdempotent(this.idempotent) : rules;
	}

	/** Returns the time limits of a call whose response is read by the given reader. */
	private TimeLimits limits(CallPolicy policy, ResponseReader<?> reader) {
		boolean streamed = this.streamed || reader.takesStreams();
		TimeLimits.Requested requested = this.limits;
		if (requested == null) {
			return streamed ? policy.streamLimits() : policy.limits();
		}
		HttpSettings settings = policy.settings().http();
		return streamed ? requested.ofStream(settings) : requested.ofCall(settings);
	}

	private @Nullable String hashKey(CallSettings settings) {
		String header = settings.hashHeader();
		List<String> values = (this.hashKey == null && header != null) ? this.headers.get(header) : null;
		return (values != null && !values.isEmpty()) ? values.get(0) : this.hashKey;
	}

}
