package io.eas.readme;

import org.springframework.ai.chat.client.ChatClient;
import reactor.core.publisher.Flux;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ChatController {

	private final ChatClient chat;

	ChatController(ChatClient.Builder builder) {
		this.chat = builder.build();
	}

	@GetMapping(path = "/chat", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<String> chat(@RequestParam String question) {
		return this.chat.prompt(question).stream().content();
	}

}
