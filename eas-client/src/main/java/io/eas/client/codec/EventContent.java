package io.eas.client.codec;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the first event with content in a stream. Normally this is the first event with
 * data. Streams in OpenAI's protocol begin with an event that contains only a role, and
 * end with an event that contains usage figures and an event {@code [DONE]}. In such a
 * stream, the first event with content is the first one whose choices contain text,
 * reasoning, a refusal or a tool call. For one stream; not thread-safe.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/streaming">OpenAI,
 * the chat completion chunk object</a>
 */
final class EventContent {

	/** The data of the last event of a stream in OpenAI's protocol. */
	private static final String DONE = "[DONE]";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Runnable found;

	private boolean looking = true;

	/**
	 * Creates a search that begins with the first event of a stream.
	 * @param found called once, when the event has been found
	 */
	EventContent(Runnable found) {
		this.found = found;
	}

	/** Returns whether the data of an event only marks the end of a stream. */
	static boolean isEnd(String data) {
		return DONE.equals(data);
	}

	/** Returns whether the event has been found. */
	boolean isFound() {
		return !this.looking;
	}

	/** Examines the data of the next event. */
	void look(String data) {
		if (this.looking && saysSomething(data)) {
			this.looking = false;
			this.found.run();
		}
	}

	static boolean saysSomething(String data) {
		if (data.isEmpty() || isEnd(data)) {
			return false;
		}
		JsonNode choices = data.contains("\"choices\"") ? choices(data) : JSON.missingNode();
		return !choices.isArray() || choices.valueStream().anyMatch(EventContent::isChoice);
	}

	/**
	 * Returns the choices of an event. An event with malformed JSON has no choices; the
	 * decoder of the element will report the malformed JSON.
	 */
	private static JsonNode choices(String data) {
		try {
			return JSON.readTree(data).path("choices");
		}
		catch (RuntimeException ex) {
			return JSON.missingNode();
		}
	}

	private static boolean isChoice(JsonNode choice) {
		JsonNode delta = choice.path("delta");
		return isSomething(choice.path("text")) || delta.propertyStream()
			.anyMatch((property) -> !"role".equals(property.getKey()) && isSomething(property.getValue()));
	}

	private static boolean isSomething(JsonNode value) {
		return value.isString() ? !value.stringValue().isEmpty() : value.isContainer() && !value.isEmpty();
	}

}
