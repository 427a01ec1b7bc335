package io.eas.client.call;

import java.time.Duration;
import java.util.Objects;

import io.eas.client.EasException;
import io.eas.client.EasTimeoutException;
import io.eas.client.auth.SuppliedToken;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * A cold {@code Mono} that performs a call. Each subscription encodes, signs and sends
 * the request again.
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
		Mono<R> call = onAssembly(new CallMono<>(request, reader));
		ServiceClient client = request.client();
		return (client.settings().token() instanceof SuppliedToken token)
				? afterToken(client, token, request.limits(reader).call(), call) : call;
	}

	/** Delays a call until there is a first token. */
	private static <R> Mono<R> afterToken(ServiceClient client, SuppliedToken token, Duration limit, Mono<R> call) {
		return Mono.defer(() -> token.isKnown() ? call
				: token.first()
					.takeUntilOther(client.admission().disconnection())
					.timeout(limit, Mono.error(() -> noToken(client, limit)), client.timer())
					.then(call));
	}

	private static EasTimeoutException noToken(ServiceClient client, Duration limit) {
		return new EasTimeoutException(new EasException.Attempt(client.name(), null),
				"the EasTokenSupplier has given no token within " + limit.toMillis() + " ms", null, true);
	}

	@Override
	public void subscribe(CoreSubscriber<? super R> actual) {
		CallExecution<R> execution;
		try {
			execution = new CallExecution<>(this.request.call(actual.currentContext(), this.reader), this.reader,
					actual);
		}
		catch (EasException ex) {
			Operators.error(actual, ex);
			Failures.escalate(Objects.requireNonNullElse(ex.getCause(), ex));
			return;
		}
		actual.onSubscribe(execution);
	}

}
