package io.eas.metrics;

import java.util.List;
import java.util.function.LongConsumer;

import io.eas.client.CallWatch;
import io.eas.instance.EasInstance;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One call, whose context takes note of what becomes of it.
 */
abstract class WatchedCall implements CallWatch {

	private final EasClientObservationContext context;

	private final LongConsumer streams;

	private final FirstFailure failures;

	private boolean begun;

	/**
	 * A call that starts now.
	 * @param context what is known of it
	 * @param streams takes the nanoseconds until a stream began
	 * @param failures told of what fails on the way
	 */
	WatchedCall(EasClientObservationContext context, LongConsumer streams, FirstFailure failures) {
		this.context = context;
		this.streams = streams;
		this.failures = failures;
	}

	/**
	 * The call is over.
	 * @param context with its result
	 */
	abstract void over(EasClientObservationContext context);

	@Override
	public final void writeTo(HttpHeaders request) {
		org.springframework.http.HttpHeaders added = this.context.added();
		if (added != null && !added.isEmpty()) {
			added.forEach((name, values) -> write(request, name, values));
		}
	}

	/** Those who add headers, such as tracers, may add some that can't be sent. */
	private void write(HttpHeaders request, String name, List<String> values) {
		try {
			request.set(name, values);
		}
		catch (IllegalArgumentException ex) {
			this.failures.tell(ex);
		}
	}

	@Override
	public final void begun() {
		if (!this.begun) {
			this.begun = true;
			this.streams.accept(this.context.elapsed());
		}
	}

	@Override
	public final void answered(int status, EasInstance instance, int attempts) {
		end(EasCallResult.answered(status, instance, attempts), null);
	}

	@Override
	public final void failed(Throwable failure, int attempts) {
		end(EasCallResult.failed(failure, attempts), failure);
	}

	@Override
	public final void cancelled(int status, @Nullable EasInstance instance, int attempts) {
		end(EasCallResult.cancelled(status, instance, attempts), null);
	}

	private void end(EasCallResult result, @Nullable Throwable failure) {
		this.context.setResponse(result);
		if (failure != null) {
			this.context.setError(failure);
		}
		try {
			over(this.context);
		}
		catch (RuntimeException ex) {
			this.failures.tell(ex);
		}
	}

}
