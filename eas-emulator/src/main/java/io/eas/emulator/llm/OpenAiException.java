package io.eas.emulator.llm;

import io.eas.emulator.net.WireResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error response, in OpenAI's format, to a request that can't be served.
 */
class OpenAiException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final String type;

	private final @Nullable String parameter;

	OpenAiException(int status, String type, String message, @Nullable String parameter) {
		super(message);
		this.status = status;
		this.type = type;
		this.parameter = parameter;
	}

	static OpenAiException badRequest(String message, @Nullable String parameter) {
		return new OpenAiException(400, "BadRequestError", message, parameter);
	}

	WireResponse response() {
		ObjectNode body = JsonMapper.shared().createObjectNode();
		body.putObject("error")
			.put("message", getMessage())
			.put("type", this.type)
			.put("param", this.parameter)
			.put("code", this.status);
		return WireResponse.json(this.status, body);
	}

}
