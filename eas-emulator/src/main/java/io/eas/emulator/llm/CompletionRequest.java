package io.eas.emulator.llm;

import java.util.OptionalInt;

import tools.jackson.databind.JsonNode;

/**
 * A request to {@code /v1/chat/completions} or {@code /v1/completions}. Other parameters,
 * such as {@code temperature} and {@code tools}, are ignored.
 *
 * @param chat whether this is a chat completion
 * @param stream whether each token is sent as an event
 * @param includeUsage whether a stream ends with an event that contains the token counts
 * @param maxTokens the maximum number of tokens to generate, if given
 * @param ignoreEos whether exactly {@code maxTokens} tokens are generated
 * @param prompt all messages as one text, or the text to complete
 */
record CompletionRequest(boolean chat, boolean stream, boolean includeUsage, OptionalInt maxTokens, boolean ignoreEos,
		String prompt) {

	/**
	 * The largest accepted {@code maxTokens}: more than any model generates. Added to the
	 * longest prompt, it still fits into an {@code int}.
	 */
	private static final int LONGEST = 1_000_000;

	static CompletionRequest read(boolean chat, JsonNode body) {
		if (body.hasNonNull("n") && body.path("n").asInt(0) != 1) {
			throw OpenAiException.badRequest("n must be 1: there is one choice for each prompt", "n");
		}
		return new CompletionRequest(chat, body.path("stream").asBoolean(false),
				body.path("stream_options").path("include_usage").asBoolean(false), maxTokens(body),
				body.path("ignore_eos").asBoolean(false), chat ? messages(body.path("messages")) : prompt(body));
	}

	/**
	 * Returns the number of tokens to generate if the model would stop by itself after
	 * {@code length} tokens.
	 */
	int outputTokens(int length) {
		int most = this.maxTokens.orElse(length);
		return this.ignoreEos ? most : Math.min(most, length);
	}

	private static OptionalInt maxTokens(JsonNode body) {
		String name = body.hasNonNull("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
		JsonNode value = body.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return OptionalInt.empty();
		}
		if (!value.isInt() || value.intValue() < 1 || value.intValue() > LONGEST) {
			throw OpenAiException.badRequest(name + " must be a number from 1 to " + LONGEST + ", was " + value, name);
		}
		return OptionalInt.of(value.intValue());
	}

	private static String messages(JsonNode messages) {
		if (!messages.isArray() || messages.isEmpty()) {
			throw OpenAiException.badRequest("messages must be a list of one message or more", "messages");
		}
		StringBuilder prompt = new StringBuilder();
		for (JsonNode message : messages) {
			if (!message.path("role").isString()) {
				throw OpenAiException.badRequest("each message must have a role, not " + message, "messages");
			}
			prompt.append("<|").append(message.path("role").stringValue()).append("|>");
			append(message.path("content"), prompt);
			prompt.append('\n');
		}
		return prompt.append("<|assistant|>").toString();
	}

	/** Appends a text or a list of parts. A part that isn't text is appended as JSON. */
	private static void append(JsonNode content, StringBuilder prompt) {
		if (content.isString()) {
			prompt.append(content.stringValue());
		}
		for (JsonNode part : content) {
			prompt.append(part.path("text").isString() ? part.path("text").stringValue() : part.toString());
		}
	}

	private static String prompt(JsonNode body) {
		JsonNode prompt = body.path("prompt");
		JsonNode only = (prompt.isArray() && prompt.size() == 1) ? prompt.path(0) : prompt;
		if (!only.isString()) {
			throw OpenAiException.badRequest("prompt must be a text, or a list of one text", "prompt");
		}
		return only.stringValue();
	}

}
