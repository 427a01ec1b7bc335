package io.eas.emulator.llm;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one answer in OpenAI's format, whole or as the events of a stream.
 */
class CompletionWriter {

	static final String DONE = "[DONE]";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final boolean chat;

	private final String model;

	private final String id;

	private final long created = Instant.now().getEpochSecond();

	CompletionWriter(boolean chat, String model) {
		this.chat = chat;
		this.model = model;
		this.id = (chat ? "chatcmpl-" : "cmpl-") + UUID.randomUUID().toString().replace("-", "");
	}

	ObjectNode whole(String text, String finishReason, Sequence sequence) {
		ObjectNode answer = document(this.chat ? "chat.completion" : "text_completion");
		ObjectNode choice = choice(answer);
		if (this.chat) {
			choice.putObject("message").put("role", "assistant").put("content", text).putNull("refusal");
		}
		else {
			choice.put("text", text);
		}
		choice.putNull("logprobs").put("finish_reason", finishReason);
		answer.set("usage", usage(sequence));
		return answer;
	}

	/** Returns the first event of a chat's stream. */
	ObjectNode role() {
		ObjectNode chunk = chunk("", null);
		((ObjectNode) chunk.at("/choices/0/delta")).put("role", "assistant");
		return chunk;
	}

	ObjectNode chunk(String text, @Nullable String finishReason) {
		ObjectNode chunk = document(this.chat ? "chat.completion.chunk" : "text_completion");
		ObjectNode choice = choice(chunk);
		if (this.chat) {
			choice.putObject("delta").put("content", text);
		}
		else {
			choice.put("text", text);
		}
		choice.putNull("logprobs").put("finish_reason", finishReason);
		return chunk;
	}

	ObjectNode usageChunk(Sequence sequence) {
		ObjectNode chunk = document(this.chat ? "chat.completion.chunk" : "text_completion");
		chunk.putArray("choices");
		chunk.set("usage", usage(sequence));
		return chunk;
	}

	private ObjectNode document(String object) {
		return JSON.createObjectNode()
			.put("id", this.id)
			.put("object", object)
			.put("created", this.created)
			.put("model", this.model);
	}

	private static ObjectNode choice(ObjectNode document) {
		return document.putArray("choices").addObject().put("index", 0);
	}

	private static ObjectNode usage(Sequence sequence) {
		ObjectNode usage = JSON.createObjectNode()
			.put("prompt_tokens", sequence.promptTokens())
			.put("total_tokens", sequence.promptTokens() + sequence.outputTokens())
			.put("completion_tokens", sequence.outputTokens());
		usage.putObject("prompt_tokens_details").put("cached_tokens", sequence.cachedTokens());
		return usage;
	}

}
