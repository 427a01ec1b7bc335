package io.eas.benchmarks.llm;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A call of a simulated client, with the client's estimates for the prompt. Not
 * thread-safe.
 */
final class SimulatedCall {

	private final Trace.Request request;

	private final @Nullable SimulatedClient client;

	private final Scenario scenario;

	private final boolean streamed;

	private SimulatedClient.@Nullable Call begun;

	/**
	 * Creates a call.
	 * @param client the client that makes the call; null if the oracle picks
	 * @param scenario the scenario, which says how the client misjudges prompts
	 * @param streamed whether the answer is streamed
	 */
	SimulatedCall(Trace.Request request, @Nullable SimulatedClient client, Scenario scenario, boolean streamed) {
		this.request = request;
		this.client = client;
		this.scenario = scenario;
		this.streamed = streamed;
	}

	Trace.Request request() {
		return this.request;
	}

	/** Returns when the call began, in nanoseconds. */
	long since() {
		return (long) (this.request.millis() * 1e6);
	}

	int pick(boolean[] tried) {
		return client().pick(begun(), tried);
	}

	SimulatedClient.Attempt start(int engine) {
		return client().start(begun(), engine);
	}

	boolean isStreamed() {
		return this.streamed;
	}

	SimulatedClient client() {
		return Objects.requireNonNull(this.client);
	}

	/** Returns the call as an object of the client, which is created at the first use. */
	private SimulatedClient.Call begun() {
		SimulatedClient.Call known = this.begun;
		if (known == null) {
			double ratio = this.scenario.blockRatio();
			double estimate = this.scenario.estimate();
			known = client().call(this.request.session(), blocks(ratio), this.request.inputTokens() * estimate,
					Trace.BLOCK * ratio * estimate);
			this.begun = known;
		}
		return known;
	}

	/**
	 * Returns the hashes of the client's blocks, whose size may differ from that of the
	 * engine's blocks.
	 */
	private long[] blocks(double ratio) {
		long[] blocks = this.request.blocks();
		if (ratio == 1) {
			return blocks;
		}
		long[] cut = new long[(int) (this.request.inputTokens() / (Trace.BLOCK * ratio))];
		for (int i = 0; i < cut.length; i++) {
			int last = Math.min(blocks.length, (int) Math.ceil((i + 1) * ratio)) - 1;
			cut[i] = (blocks[last] + 1) * 1_000_003 + i;
		}
		return cut;
	}

}
