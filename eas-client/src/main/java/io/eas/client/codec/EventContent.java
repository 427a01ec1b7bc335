package io.eas.client.codec;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the first event of a stream that says something: the first with data. Language
 * models that speak OpenAI's protocol begin with an event that has no more than a role,
 * and end with one of figures and one of {@code [DONE]}; there it is the first whose
 * choices have any text, reasoning, refusal or call of a tool. Of one stream; not
 * thread-safe.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/streaming">OpenAI,
 * the chat completion chunk object</a>
 */
final class EventContent {

	/** What OpenAI's streams, and all that are like them, end with. */
	private static final String DONE = "[DONE]";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Runnable found;

	private boolean looking = true;

	/**
	 * Nothing is found yet.
	 * @param found told once
	 */
	EventContent(Runnable found) {
		this.found = found;
	}

	/** Whether the data of an event only says that a stream is at its end. */
	static boolean isEnd(String data) {
		return DONE.equals(data);
	}

	/** Looks at the data of the next event. */
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

	/** What can't be read has none; to say so is up to who reads it. */
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
