package io.eas.benchmarks.llm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests to a language model in the order of their arrival, without their texts.
 *
 * @param requests the requests
 */
record Trace(List<Request> requests) {

	/** The number of tokens per block. */
	static final int BLOCK = 512;

	/** The interval to which timestamps are rounded, in milliseconds. */
	private static final int ROUNDED = 3000;

	/**
	 * Reads a file in the format of the Mooncake traces: a JSON object per line.
	 * @param file the file
	 * @param most the largest number of requests to read
	 */
	static Trace read(Path file, int most) throws IOException {
		List<Request> requests = new ArrayList<>();
		try (MappingIterator<Line> lines = JsonMapper.shared().readerFor(Line.class).readValues(file.toFile())) {
			while (requests.size() < most && lines.hasNext()) {
				Line line = lines.next();
				requests.add(new Request(line.timestamp(), line.inputTokens(), line.outputTokens(), line.blocks()));
			}
		}
		return new Trace(requests);
	}

	/**
	 * Generates a trace that resembles one of conversations: all prompts begin with the
	 * same block, the turns of a conversation repeat what was said before, and lengths
	 * differ by orders of magnitude.
	 * @param count the number of requests
	 * @param perSecond the number of requests per second
	 */
	static Trace synthetic(int count, double perSecond) {
		Random random = new Random(1);
		List<Request> requests = new ArrayList<>();
		List<List<Long>> conversations = new ArrayList<>();
		long next = 1;
		for (int i = 0; i < count; i++) {
			boolean goesOn = !conversations.isEmpty() && random.nextInt(3) == 0;
			List<Long> blocks = goesOn ? conversations.remove(random.nextInt(conversations.size()))
					: new ArrayList<>(List.of(0L));
			int added = (int) Math.min(240, Math.exp(2.2 + 1.1 * random.nextGaussian()) + 1);
			for (int n = 0; n < added; n++) {
				blocks.add(next++);
			}
			int output = 1 + (int) Math.min(2000, Math.exp(5.4 + 0.8 * random.nextGaussian()));
			double time = ROUNDED * Math.floor(1000 * i / perSecond / ROUNDED);
			requests.add(new Request(time, blocks.size() * BLOCK - random.nextInt(BLOCK), output,
					blocks.stream().mapToLong(Long::longValue).toArray()));
			conversations.add(blocks);
			if (conversations.size() > 200) {
				conversations.remove(0);
			}
		}
		return new Trace(requests);
	}

	/**
	 * Generates a trace of prompts, each of which is a system prompt followed by a unique
	 * block.
	 * @param count the number of requests
	 * @param perSecond the number of requests per second
	 * @param systems the number of system prompts, which are equally frequent
	 * @param systemBlocks the number of blocks of a system prompt
	 */
	static Trace withSystemPrompts(int count, double perSecond, int systems, int systemBlocks) {
		Random random = new Random(1);
		List<Request> requests = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			long[] blocks = new long[systemBlocks + 1];
			long system = 1L + random.nextInt(systems);
			for (int block = 0; block < systemBlocks; block++) {
				blocks[block] = system * 1000 + block;
			}
			blocks[systemBlocks] = 1_000_000L + i;
			int output = 1 + (int) Math.min(2000, Math.exp(5.3 + 0.8 * random.nextGaussian()));
			double time = ROUNDED * Math.floor(1000 * i / perSecond / ROUNDED);
			requests.add(new Request(time, blocks.length * BLOCK, output, blocks));
		}
		return new Trace(requests);
	}

	/**
	 * Returns a trace whose arrivals are spread at random over the interval to which they
	 * were rounded.
	 * @param speed the factor by which requests arrive faster than in this trace
	 * @param prefixes whether prompts may have a prefix in common
	 */
	Trace arrivals(Random random, double speed, boolean prefixes) {
		List<Request> spread = new ArrayList<>();
		for (Request request : this.requests) {
			long[] blocks = request.blocks();
			if (!prefixes) {
				blocks = random.longs(blocks.length).toArray();
			}
			spread.add(new Request((request.millis() + ROUNDED * random.nextDouble()) / speed, request.inputTokens(),
					request.outputTokens(), blocks));
		}
		spread.sort(Comparator.comparingDouble(Request::millis));
		return new Trace(spread);
	}

	/**
	 * A request.
	 *
	 * @param millis the time of arrival in milliseconds
	 * @param inputTokens the number of tokens of the prompt
	 * @param outputTokens the number of tokens of the response
	 * @param blocks the hashes of the prompt's blocks; each hash also covers the blocks
	 * before it
	 */
	record Request(double millis, int inputTokens, int outputTokens, long[] blocks) {

		/**
		 * Returns the conversation, identified by its second block, because all prompts
		 * of a trace may share the first one.
		 */
		String session() {
			return String.valueOf(this.blocks[Math.min(1, this.blocks.length - 1)]);
		}

	}

	/** A line of the file. */
	private record Line(@JsonProperty("timestamp") double timestamp, @JsonProperty("input_length") int inputTokens,
			@JsonProperty("output_length") int outputTokens, @JsonProperty("hash_ids") long[] blocks) {
	}

}
