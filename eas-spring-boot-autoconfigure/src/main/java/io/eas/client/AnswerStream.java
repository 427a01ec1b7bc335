package io.eas.client;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.eas.loadbalancer.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufHolder;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.Context;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

/**
 * The body of an answer as it comes, no faster than its subscriber asks for it: what it
 * doesn't ask for stays with the instance, but for what the socket's buffers hold. The
 * attempt is in flight until the stream has ended, broken off or been cancelled.
 *
 * <p>
 * An instance that is silent for longer than the response timeout, while something is
 * wanted of it, has failed. How long a subscriber takes is its own affair.
 *
 * <p>
 * Of one subscription, whose buffers are the subscriber's to release.
 */
final class AnswerStream extends Flux<DataBuffer> implements CoreSubscriber<Object>, Subscription {

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

	private static final AtomicLongFieldUpdater<AnswerStream> WANTED = AtomicLongFieldUpdater
		.newUpdater(AnswerStream.class, "wanted");

	private final Exchange exchange;

	private final HttpClientResponse response;

	private final Connection connection;

	private final Runnable end;

	private final Silence silence;

	private final AtomicBoolean over = new AtomicBoolean();

	/** Buffers that the subscriber has asked for and not got. */
	private volatile long wanted;

	private @Nullable CoreSubscriber<? super DataBuffer> actual;

	private volatile @Nullable Subscription upstream;

	/**
	 * A stream whose headers are there.
	 * @param exchange the attempt
	 * @param response the headers
	 * @param connection where the body comes from
	 * @param end told once nothing more comes
	 */
	AnswerStream(Exchange exchange, HttpClientResponse response, Connection connection, Runnable end) {
		this.exchange = exchange;
		this.response = response;
		this.connection = connection;
		this.end = end;
		this.silence = new Silence(exchange, this::isWaiting, this::silent);
	}

	/**
	 * Reads the stream. What comes of that is to be subscribed to.
	 * @param codecs read it
	 * @param type the type of the elements
	 */
	<T> Flux<T> read(StreamCodecs codecs, ResolvableType type) {
		HttpHeaders headers = this.response.responseHeaders();
		try {
			return codecs
				.<T>decode(this, BodyCodecs.contentType(headers), headers.get(HttpHeaderNames.CONTENT_ENCODING), type)
				.onErrorMap(this::unreadable);
		}
		catch (RuntimeException ex) {
			cancel();
			return Flux.error(unreadable(ex));
		}
	}

	private EasException unreadable(Throwable failure) {
		return (failure instanceof EasException known) ? known : new EasCodecException(this.exchange.where(),
				"the stream can't be read: " + failure.getMessage(), failure)
			.last();
	}

	@Override
	public void subscribe(CoreSubscriber<? super DataBuffer> subscriber) {
		this.actual = subscriber;
		this.connection.inbound().receiveObject().subscribe(this);
	}

	private CoreSubscriber<? super DataBuffer> actual() {
		CoreSubscriber<? super DataBuffer> subscriber = this.actual;
		if (subscriber == null) {
			throw new IllegalStateException("nobody has subscribed");
		}
		return subscriber;
	}

	@Override
	public Context currentContext() {
		return actual().currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		this.silence.start();
		actual().onSubscribe(this);
	}

	@Override
	public void request(long n) {
		Subscription known = this.upstream;
		if (Operators.validate(n) && known != null) {
			if (Operators.addCap(WANTED, this, n) == 0) {
				this.silence.broken();
			}
			known.request(n);
		}
	}

	@Override
	public void onNext(Object content) {
		ByteBuf bytes = (content instanceof ByteBufHolder holder) ? holder.content() : (ByteBuf) content;
		if (this.over.get()) {
			return;
		}
		this.silence.broken();
		this.exchange.call().watch().begun();
		if (!bytes.isReadable()) {
			upstream().request(1);
			return;
		}
		Operators.produced(WANTED, this, 1);
		actual().onNext(BUFFERS.wrap(bytes.retain()));
	}

	private Subscription upstream() {
		Subscription known = this.upstream;
		return (known != null) ? known : Operators.emptySubscription();
	}

	@Override
	public void onComplete() {
		if (end(Outcome.ANSWERED)) {
			this.exchange.call()
				.watch()
				.answered(this.response.status().code(), this.exchange.instance(), this.exchange.number());
			actual().onComplete();
			this.end.run();
		}
	}

	@Override
	public void onError(Throwable failure) {
		EasException classified = Failures.classify(this.exchange.where(), true, failure);
		if (!end(Outcomes.of(classified))) {
			Operators.onErrorDropped(failure, currentContext());
			return;
		}
		this.exchange.call().watch().failed(classified, this.exchange.number());
		actual().onError(classified.last());
		this.end.run();
	}

	/** The subscriber has had enough. */
	@Override
	public void cancel() {
		if (abandon()) {
			this.exchange.call().watch().cancelled(this.exchange.number());
		}
	}

	/**
	 * Lets go of the stream, of a call that is over. The connection can't be used again.
	 * @return false if the stream was over
	 */
	boolean abandon() {
		boolean ended = end(Outcome.ABANDONED);
		if (ended) {
			upstream().cancel();
			this.connection.dispose();
			this.end.run();
		}
		return ended;
	}

	private boolean end(Outcome outcome) {
		if (!this.over.compareAndSet(false, true)) {
			return false;
		}
		this.silence.stop();
		this.exchange.streamed(outcome);
		return true;
	}

	private boolean isWaiting() {
		return this.wanted > 0;
	}

	/** On the connection's thread, so that nothing comes at the same time. */
	private void silent() {
		this.connection.channel().eventLoop().execute(() -> {
			if (this.silence.isTooLong()) {
				onError(ReadTimeoutException.INSTANCE);
				upstream().cancel();
				this.connection.dispose();
			}
		});
	}

}
