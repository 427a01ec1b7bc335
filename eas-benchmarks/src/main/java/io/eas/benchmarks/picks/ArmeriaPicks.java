package io.eas.benchmarks.picks;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.endpoint.DynamicEndpointGroup;
import com.linecorp.armeria.client.endpoint.EndpointGroup;
import com.linecorp.armeria.client.endpoint.EndpointSelectionStrategy;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Picks with Armeria's weighted round robin.
 */
final class ArmeriaPicks implements Picks {

	private final ClientRequestContext context = ClientRequestContext.of(HttpRequest.of(HttpMethod.GET, "/"));

	private final Changing changing = new Changing();

	private final EndpointGroup fixed;

	ArmeriaPicks(Weights weights) {
		this.fixed = EndpointGroup.of(EndpointSelectionStrategy.weightedRoundRobin(), endpoints(weights));
		use(weights);
	}

	private static List<Endpoint> endpoints(Weights weights) {
		return IntStream.range(0, weights.size())
			.mapToObj((index) -> Endpoint.of(OurPicks.HOST, Weights.port(index)).withWeight(weights.of(index)))
			.toList();
	}

	/** Picks from the initial list. */
	@Nullable Endpoint bare() {
		return this.fixed.selectNow(this.context);
	}

	@Override
	public int next() {
		Endpoint endpoint = this.changing.selectNow(this.context);
		if (endpoint == null) {
			throw new IllegalStateException("there are endpoints");
		}
		return Weights.index(endpoint.port());
	}

	@Override
	public void use(Weights weights) {
		this.changing.become(endpoints(weights));
	}

	/**
	 * Picks for all attempts of a call. Armeria doesn't exclude tried endpoints from
	 * retries.
	 */
	@Override
	public boolean[] attempts(int count) {
		BitSet tried = new BitSet();
		boolean[] again = new boolean[count];
		for (int attempt = 0; attempt < count; attempt++) {
			int picked = next();
			again[attempt] = tried.get(picked);
			tried.set(picked);
		}
		return again;
	}

	/** An endpoint group whose list changes. */
	private static final class Changing extends DynamicEndpointGroup {

		Changing() {
			super(EndpointSelectionStrategy.weightedRoundRobin());
		}

		void become(List<Endpoint> endpoints) {
			setEndpoints(endpoints);
		}

	}

}
