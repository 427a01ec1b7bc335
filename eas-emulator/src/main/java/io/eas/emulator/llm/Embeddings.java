package io.eas.emulator.llm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code /v1/embeddings}: a random vector of length 1 for each input, the same
 * for the same input. Embeddings take no engine time.
 */
final class Embeddings {

	private static final int DIMENSIONS = 64;

	private static final int MOST_DIMENSIONS = 4096;

	private static final int ANY_BLOCK = 512;

	private Embeddings() {
	}

	static ObjectNode answer(String model, JsonNode body) {
		int dimensions = body.hasNonNull("dimensions") ? body.path("dimensions").asInt(0) : DIMENSIONS;
		if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
			throw OpenAiException.badRequest("dimensions must be from 1 to " + MOST_DIMENSIONS + ", was " + dimensions,
					"dimensions");
		}
		boolean base64 = "base64".equals(body.path("encoding_format").asString(""));
		ObjectNode answer = JsonMapper.shared()
			.createObjectNode()
			.put("id", "embd-" + UUID.randomUUID().toString().replace("-", ""))
			.put("object", "list")
			.put("model", model);
		ArrayNode data = answer.putArray("data");
		int tokens = 0;
		for (String input : inputs(body.path("input"))) {
			Prompt prompt = Prompt.of(input, ANY_BLOCK);
			tokens += prompt.tokens();
			ObjectNode embedding = data.addObject().put("index", data.size() - 1).put("object", "embedding");
			write(vector(prompt.hash(), dimensions), base64, embedding);
		}
		answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
		return answer;
	}

	/**
	 * Reads the inputs: one text, one list of tokens, or a list of texts or of lists of
	 * tokens.
	 */
	private static List<String> inputs(JsonNode input) {
		List<String> inputs = new ArrayList<>();
		if (input.isString()) {
			inputs.add(input.stringValue());
		}
		else if (input.isArray() && input.path(0).isNumber()) {
			inputs.add(input.toString());
		}
		else {
			input.forEach((each) -> inputs.add(each.isString() ? each.stringValue() : each.toString()));
		}
		if (inputs.isEmpty()) {
			throw OpenAiException.badRequest("input must be a text, or a list of texts", "input");
		}
		return inputs;
	}

	private static float[] vector(long seed, int dimensions) {
		Random random = new Random(seed);
		double[] values = random.doubles(dimensions, -1, 1).toArray();
		double squares = 0;
		for (double value : values) {
			squares += value * value;
		}
		float[] vector = new float[dimensions];
		for (int i = 0; i < dimensions; i++) {
			vector[i] = (float) (values[i] / Math.sqrt(squares));
		}
		return vector;
	}

	private static void write(float[] vector, boolean base64, ObjectNode embedding) {
		if (base64) {
			ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
			bytes.asFloatBuffer().put(vector);
			embedding.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
			return;
		}
		ArrayNode numbers = embedding.putArray("embedding");
		for (float value : vector) {
			numbers.add(value);
		}
	}

}
