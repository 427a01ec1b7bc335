package io.eas.benchmarks.llm;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.eas.http.EncodedBody;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures what a prompt of 50 kB costs a caller: finding and hashing it, and the pick
 * among instances that got other prompts before. For comparison, also measures a
 * streaming parse of the same body that reads its texts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the method that initializes them
public class PromptBenchmark {

	private static final int PROMPTS = 2000;

	/** The number of instances. A pick compares all of 32, but only 64 of 1,000. */
	@Param({ "32", "1000" })
	public int instances;

	private byte[] body;

	private SimulatedClient client;

	private SimulatedClient.Call[] calls;

	private int next;

	/**
	 * Creates the body, and simulates earlier calls with other prompts.
	 */
	@Setup
	public void prepare() {
		Random random = new Random(1);
		StringBuilder text = new StringBuilder();
		while (text.length() < 50_000) {
			text.append(Integer.toString(random.nextInt(1_000_000), Character.MAX_RADIX))
				.append((random.nextInt(20) > 0) ? " " : ".\\n");
		}
		this.body = ("{\"model\": \"qwen\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \""
				+ text + "\"}]}")
			.getBytes(StandardCharsets.UTF_8);
		this.client = new SimulatedClient(Balancer.PREFIX_AWARE, this.instances, 800, random, System::nanoTime);
		this.calls = new SimulatedClient.Call[PROMPTS];
		for (int i = 0; i < PROMPTS; i++) {
			long[] blocks = random.longs(25).toArray();
			blocks[0] = 0;
			this.calls[i] = this.client.call("", blocks, 12_500, 500);
			this.client.start(this.calls[i], this.client.pick(this.calls[i], new boolean[0])).ended(true);
		}
	}

	/**
	 * Measures the baseline: a streaming parse.
	 * @return the number of characters in all values
	 */
	@Benchmark
	public int parse() {
		int characters = 0;
		try (JsonParser parser = JsonMapper.shared().createParser(this.body)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				characters += token.isScalarValue() ? parser.getStringLength() : 0;
			}
		}
		return characters;
	}

	/**
	 * Measures finding and hashing the prompt.
	 * @return the result
	 */
	@Benchmark
	public @Nullable Object read() {
		return this.client.read(EncodedBody.of(this.body));
	}

	/**
	 * Measures the pick for a prompt that shares its first block with other prompts.
	 * @return the pick
	 */
	@Benchmark
	public Object pick() {
		this.next = (this.next + 1 < PROMPTS) ? this.next + 1 : 0;
		return this.client.pick(this.calls[this.next]);
	}

}
