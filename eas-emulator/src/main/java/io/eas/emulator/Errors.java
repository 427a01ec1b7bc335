package io.eas.emulator;

import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * Answers that say what was wrong.
 */
final class Errors {

	private static final JsonMapper JSON = JsonMapper.shared();

	private Errors() {
	}

	static EmulatedResponse json(int status, String error) {
		return EmulatedResponse.json(status, JSON.writeValueAsString(Map.of("error", error)));
	}

}
