package io.eas.client.call;

import java.util.Objects;

import io.eas.client.EasException;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * A cold {@code Mono} that performs a call. Each subscription encodes, signs and sends
 * the request again, with the settings in force at that time.
 *
 * @param <R> the type of the value for the caller
 */
final class CallMono<R> extends Mono<R> {

	private final PreparedRequest request;

	private final ResponseReader<R> reader;

	private CallMono(PreparedRequest request, ResponseReader<R> reader) {
		this.request = request;
		this.reader = reader;
	}

	static <R> Mono<R> of(PreparedRequest request, ResponseReader<R> reader) {
		return onAssembly(new CallMono<>(request, reader));
	}

	@Override
	public void subscribe(CoreSubscriber<? super R> actual) {
		CallExecution<R> execution;
		try {
			CallPolicy policy = this.request.policy();
			ResponseReader<R> known = this.reader.with(policy);
			execution = new CallExecution<>(this.request.call(actual.currentContext(), policy, known), known, actual);
		}
		catch (EasException ex) {
			Operators.error(actual, ex);
			Failures.escalate(Objects.requireNonNullElse(ex.getCause(), ex));
			return;
		}
		actual.onSubscribe(execution);
	}

}
