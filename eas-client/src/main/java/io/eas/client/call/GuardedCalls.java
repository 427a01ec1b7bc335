package io.eas.client.call;

import java.util.Objects;

import io.eas.http.FirstFailure;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.RequestLoad;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Notifies the call listener of a service and its observers. Exceptions that they throw,
 * including an {@link Error}, have no effect on the call; the first one is logged.
 * Creates no wrapper objects, so that it adds no cost to a call. Thread-safe.
 */
final class GuardedCalls {

	private final CallListener listener;

	private final FirstFailure failures;

	GuardedCalls(CallListener listener, String service) {
		this.listener = listener;
		this.failures = new FirstFailure(service + ": a call could not be observed; calls continue");
	}

	CallObserver started(String method, ContextView context) {
		try {
			return Objects.requireNonNull(this.listener.started(method, context));
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
			return CallObserver.NONE;
		}
	}

	void identified(CallObserver observer, String requestId) {
		try {
			observer.identified(requestId);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

	void loadRead(CallObserver observer, RequestLoad load) {
		try {
			observer.loadRead(load);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

	void arrived(HeadersListener headersListener, int status, org.springframework.http.HttpHeaders headers) {
		try {
			headersListener.arrived(status, headers);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

	void writeTo(CallObserver observer, HttpHeaders request) {
		try {
			observer.writeTo(request);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

	void reached(CallObserver observer, CallObserver.Progress progress, long nanos) {
		try {
			observer.reached(progress, nanos);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

	void answered(CallObserver observer, int status, EasInstance instance, int attempts) {
		try {
			observer.answered(status, instance, attempts);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

	void failed(CallObserver observer, Throwable failure, int attempts) {
		try {
			observer.failed(failure, attempts);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

	void cancelled(CallObserver observer, int status, @Nullable EasInstance instance, int attempts) {
		try {
			observer.cancelled(status, instance, attempts);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

}
