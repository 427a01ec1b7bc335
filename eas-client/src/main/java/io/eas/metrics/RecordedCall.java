package io.eas.metrics;

import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

import io.eas.client.call.CallObserver;
import io.eas.client.call.CallObserver.Progress;
import io.eas.http.Characters;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.RequestLoad;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** A call whose result is recorded in an observation context. */
abstract class RecordedCall implements CallObserver {

	private final EasClientObservationContext context;

	private final ObjLongConsumer<Progress> streams;

	/**
	 * Creates the record of a call that starts now.
	 * @param context the context of the call
	 * @param streams receives the progress of a stream, with the time since the start of
	 * the call in nanoseconds
	 */
	RecordedCall(EasClientObservationContext context, ObjLongConsumer<Progress> streams) {
		this.context = context;
		this.streams = streams;
	}

	/**
	 * Called when the call has ended.
	 * @param context the context, with the result of the call
	 */
	abstract void over(EasClientObservationContext context);

	@Override
	public final void identified(String requestId) {
		this.context.setRequestId(requestId);
	}

	@Override
	public final void loadRead(RequestLoad load) {
		this.context.setLoad(load);
	}

	@Override
	public final void writeTo(HttpHeaders request) {
		org.springframework.http.HttpHeaders added = this.context.added();
		if (added != null && !added.isEmpty()) {
			write(added, request);
		}
	}

	/**
	 * Writes the added headers to a request, except for headers that can't be sent. A
	 * tracer may have added such headers. The failure is thrown after all other headers
	 * are written.
	 */
	private static void write(org.springframework.http.HttpHeaders added, HttpHeaders request) {
		IllegalArgumentException failure = null;
		for (Map.Entry<String, List<String>> header : added.headerSet()) {
			try {
				header.getValue().forEach((value) -> requireSendable(header.getKey(), value));
				request.set(header.getKey(), header.getValue());
			}
			catch (IllegalArgumentException ex) {
				failure = ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	private static void requireSendable(String name, String value) {
		int index = Characters.indexOutsideHeader(value);
		if (index >= 0) {
			throw new IllegalArgumentException("The header '" + name + "' is omitted: its value has "
					+ Characters.describe(value, index) + ", but a header may contain ASCII only");
		}
	}

	@Override
	public final void reached(Progress progress, long nanos) {
		this.streams.accept(progress, nanos);
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
		over(this.context);
	}

}
