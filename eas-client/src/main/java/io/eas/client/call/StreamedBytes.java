package io.eas.client.call;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufHolder;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

/**
 * Passes the body of an {@link AnswerStream} from the connection to the codec, which then
 * has to release the buffers. Of one subscription.
 */
final class StreamedBytes extends Flux<DataBuffer> implements CoreSubscriber<Object>, Subscription {

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

	private final AnswerStream stream;

	private @Nullable CoreSubscriber<? super DataBuffer> codec;

	StreamedBytes(AnswerStream stream) {
		this.stream = stream;
	}

	@Override
	public void subscribe(CoreSubscriber<? super DataBuffer> subscriber) {
		this.codec = subscriber;
		this.stream.inbound().subscribe(this);
	}

	private CoreSubscriber<? super DataBuffer> codec() {
		CoreSubscriber<? super DataBuffer> subscriber = this.codec;
		if (subscriber == null) {
			throw new IllegalStateException("nobody has subscribed");
		}
		return subscriber;
	}

	@Override
	public Context currentContext() {
		return codec().currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.stream.connected(subscription);
		codec().onSubscribe(this);
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			this.stream.wantBuffers(n);
		}
	}

	@Override
	public void onNext(Object content) {
		ByteBuf bytes = (content instanceof ByteBufHolder holder) ? holder.content() : (ByteBuf) content;
		if (this.stream.isEnded()) {
			return;
		}
		this.stream.arrived(!bytes.isReadable());
		if (bytes.isReadable()) {
			try {
				codec().onNext(BUFFERS.wrap(bytes.retain()));
			}
			catch (Throwable ex) {
				this.stream.broken(ex);
			}
		}
		this.stream.goOn();
	}

	@Override
	public void onComplete() {
		if (this.stream.completed()) {
			try {
				codec().onComplete();
			}
			catch (Throwable ex) {
				this.stream.broken(ex);
			}
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.stream.failed(failure);
	}

	/** Tells the codec, now that all that came before has been read. */
	void fail(Throwable failure) {
		try {
			codec().onError(failure);
		}
		catch (Throwable ex) {
			this.stream.broken(ex);
		}
	}

	/** The codec can't go on. */
	@Override
	public void cancel() {
		this.stream.cancel();
	}

}
