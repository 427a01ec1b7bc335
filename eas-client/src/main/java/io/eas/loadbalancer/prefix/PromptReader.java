package io.eas.loadbalancer.prefix;

import io.eas.http.EncodedBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the prompt in the body of a request in OpenAI's protocol, and hashes its blocks
 * as engines do for their prefix caches: first the model, then the tools, then
 * {@code messages} or {@code prompt}, whatever their order in the body. Everything else
 * in the body is ignored. The encoded bytes are hashed, since a client encodes equal
 * prompts in the same way. Thread-safe.
 */
final class PromptReader {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** The maximum number of blocks of a text. */
	private static final int MOST_BLOCKS = 4096;

	private final int blockSize;

	private final int most;

	/**
	 * Creates a reader.
	 * @param blockSize the size of a block in bytes
	 * @param blocks the number of blocks that are remembered for each instance; further
	 * blocks of a prompt are of no use
	 */
	PromptReader(int blockSize, int blocks) {
		this.blockSize = blockSize;
		this.most = Math.min(MOST_BLOCKS, blocks);
	}

	/**
	 * Reads a body.
	 * @return the prompt, or null if the body isn't a request to a language model
	 */
	@Nullable PromptBlocks read(EncodedBody body) {
		if (!isObject(body)) {
			return null;
		}
		try (JsonParser parser = JSON.createParser(body.bytes(), body.offset(), body.length())) {
			return read(parser, body);
		}
		catch (JacksonException ex) {
			// the service will report what is wrong with the body
			return null;
		}
	}

	private static boolean isObject(EncodedBody body) {
		for (int i = body.offset(); i < body.offset() + body.length(); i++) {
			if (body.bytes()[i] > ' ') {
				return body.bytes()[i] == '{';
			}
		}
		return false;
	}

	private @Nullable PromptBlocks read(JsonParser parser, EncodedBody body) {
		BlockHasher model = new BlockHasher(this.blockSize, this.most);
		BlockHasher tools = new BlockHasher(this.blockSize, this.most);
		BlockHasher prompt = null;
		parser.nextToken();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			switch (name) {
				case "model" -> hash(parser, body, model);
				case "tools" -> hash(parser, body, tools);
				case "messages", "prompt" -> {
					if (value == JsonToken.START_ARRAY || value == JsonToken.VALUE_STRING) {
						prompt = new BlockHasher(this.blockSize, this.most);
						hash(parser, body, prompt);
					}
					else {
						parser.skipChildren();
					}
				}
				default -> parser.skipChildren();
			}
		}
		return (prompt != null) ? PromptBlocks.of(model, tools, prompt) : null;
	}

	/** Hashes the current value, with all nested values. */
	private static void hash(JsonParser parser, EncodedBody body, BlockHasher hasher) {
		int start = (int) parser.currentLocation().getByteOffset();
		if (parser.currentToken() == JsonToken.VALUE_STRING) {
			parser.finishToken();
		}
		else {
			parser.skipChildren();
		}
		int end = (int) parser.currentLocation().getByteOffset();
		hasher.hash(body.bytes(), body.offset() + start, end - start);
	}

}
