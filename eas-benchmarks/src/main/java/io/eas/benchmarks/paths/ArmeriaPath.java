package io.eas.benchmarks.paths;

import java.util.List;
import java.util.concurrent.Future;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.endpoint.EndpointGroup;
import com.linecorp.armeria.client.endpoint.EndpointSelectionStrategy;
import com.linecorp.armeria.client.retry.RetryRule;
import com.linecorp.armeria.client.retry.RetryingClient;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.SessionProtocol;
import io.eas.benchmarks.clients.Body;

/**
 * Makes calls with Armeria, with an endpoint group, weighted round robin and retries.
 */
final class ArmeriaPath implements CallPath {

	private final ClientFactory factory = ClientFactory.builder().build();

	private final WebClient client;

	ArmeriaPath(List<String> addresses) {
		EndpointGroup instances = EndpointGroup.of(EndpointSelectionStrategy.weightedRoundRobin(),
				addresses.stream().map(Endpoint::parse).toList());
		this.client = WebClient.builder(SessionProtocol.H1C, instances)
			.factory(this.factory)
			.decorator(RetryingClient.newDecorator(RetryRule.failsafe()))
			.build();
	}

	@Override
	public void call(Turn turn) {
		Future<?> unused = this.client.prepare()
			.post("/")
			.content(MediaType.OCTET_STREAM, Body.BYTES)
			.execute()
			.aggregate()
			.whenComplete((response, failure) -> turn.accept((response != null) ? response.content().array() : null,
					failure));
	}

	@Override
	public void close() {
		this.factory.close();
	}

}
