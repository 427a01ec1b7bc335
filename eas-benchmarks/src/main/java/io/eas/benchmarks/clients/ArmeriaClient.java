package io.eas.benchmarks.clients;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.ClientRequestContextCaptor;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.endpoint.EndpointGroup;
import com.linecorp.armeria.client.endpoint.EndpointSelectionStrategy;
import com.linecorp.armeria.client.retry.Backoff;
import com.linecorp.armeria.client.retry.RetryRule;
import com.linecorp.armeria.client.retry.RetryingClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.SessionProtocol;
import io.eas.benchmarks.load.Outcome;
import reactor.core.publisher.Mono;

/**
 * Armeria's client over a fixed list: weighted round robin, and an immediate retry of
 * every failure.
 */
final class ArmeriaClient implements Client {

	private final ClientFactory factory;

	private final WebClient client;

	ArmeriaClient(List<String> addresses, Timeouts timeouts) {
		this.factory = ClientFactory.builder().connectTimeout(timeouts.connect()).build();
		EndpointGroup instances = EndpointGroup.of(EndpointSelectionStrategy.weightedRoundRobin(),
				addresses.stream().map(Endpoint::parse).toList());
		RetryRule everyFailure = RetryRule.builder()
			.onException()
			.onServerErrorStatus()
			.thenBackoff(Backoff.withoutDelay());
		this.client = WebClient.builder(SessionProtocol.H1C, instances)
			.factory(this.factory)
			.responseTimeoutMillis(Timeouts.ATTEMPTS * timeouts.response().toMillis())
			.decorator(RetryingClient.builder(everyFailure)
				.maxTotalAttempts(Timeouts.ATTEMPTS)
				.responseTimeoutForEachAttempt(timeouts.response())
				.newDecorator())
			.build();
	}

	@Override
	public Mono<Outcome> call() {
		return Mono.defer(() -> {
			try (ClientRequestContextCaptor captor = Clients.newContextCaptor()) {
				CompletableFuture<AggregatedHttpResponse> answer = this.client.prepare()
					.post("/")
					.content(MediaType.OCTET_STREAM, Body.BYTES)
					.execute()
					.aggregate();
				ClientRequestContext context = captor.get();
				return Mono.fromFuture(answer)
					.map((response) -> outcome(response, context))
					.onErrorResume((failure) -> Mono.just(new Outcome(attempts(context), failure)));
			}
		});
	}

	private static Outcome outcome(AggregatedHttpResponse response, ClientRequestContext context) {
		boolean answered = response.status().equals(HttpStatus.OK);
		return answered ? Outcome.answered(attempts(context))
				: new Outcome(attempts(context), new IllegalStateException(response.status().toString()));
	}

	private static int attempts(ClientRequestContext context) {
		return context.log().children().size();
	}

	@Override
	public void close() {
		this.factory.close();
	}

}
