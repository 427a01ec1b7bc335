package io.eas.readme;

import java.util.List;
import java.util.Map;

import io.eas.client.EasClient;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;

/**
 * A chat with a language model, as the guide shows it.
 */
final class LanguageModel {

	private final EasClient llm;

	LanguageModel(@Qualifier("llm") EasClient llm) {
		this.llm = llm;
	}

	Flux<String> chat(Map<String, Object> question) {
		return this.llm.post("/v1/chat/completions")
			.body(question)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.retrieveFlux(Chunk.class)
			.flatMapIterable(Chunk::choices)
			.mapNotNull((choice) -> choice.delta().content());
	}

	record Chunk(List<Choice> choices) {
	}

	record Choice(Delta delta) {
	}

	record Delta(@Nullable String content) {
	}

}
