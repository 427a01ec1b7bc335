package io.eas.readme;

import java.util.function.Consumer;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import reactor.core.publisher.Mono;

/**
 * The local EAS in a test, as the README shows it.
 */
final class LocalEasExample {

	private LocalEasExample() {
	}

	static void runLanguageModel(Consumer<String> test) {
		try (EasEmulator eas = EasEmulator.builder()
			.service("qwen_chat",
					(service) -> service.token("abc")
						.instances(2, (instance) -> instance.llm("qwen", (engine) -> engine.maxQueue(8))))
			.build()
			.start()) {
			eas.service("qwen_chat").instance(0).abort(0); // dies before the first event
			test.accept(eas.endpoint());
		}
	}

	static void run(Consumer<String> test) {
		try (EasEmulator eas = EasEmulator.builder()
			.service("mnist", (service) -> service.token("abc")
				.instances(3, (instance) -> instance
					.handler((request) -> Mono.just(EmulatedResponse.json(200, "{\"digit\":7,\"confidence\":1.0}")))))
			.build()
			.start()) {
			eas.service("mnist").instance(0).kill();
			test.accept(eas.endpoint()); // which is the application's eas.endpoint
		}
	}

}
