package io.eas.readme;

import java.time.Duration;
import java.util.Map;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What else the README shows.
 */
final class Calls {

	private final EasClient llm;

	private final EasClients clients;

	Calls(@Qualifier("llm") EasClient llm, EasClients clients) {
		this.llm = llm;
		this.clients = clients;
	}

	Mono<String> everything(Map<String, Object> question) {
		return this.llm.post("/v1/chat/completions")
			.query("trace", true)
			.header("X-Tenant", "42")
			.body(question)
			.timeout(Duration.ofSeconds(30))
			.idempotent(false)
			.toEntity(String.class)
			.map((answer) -> answer.body() + ", said " + answer.instance().address() + " in attempt "
					+ answer.attempts());
	}

	Flux<String> tokens(Map<String, Object> question) {
		return this.llm.post("/v1/chat/completions")
			.body(question)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.retrieveFlux(String.class)
			.filter((data) -> !"[DONE]".equals(data));
	}

	Mono<String> byName(String alias, byte[] body) {
		return this.clients.get(alias)
			.predict(body, String.class)
			.onErrorResume(EasStatusException.class, (failure) -> Mono.just("no prediction: " + failure.status()));
	}

	Mono<String> inSession(EasClient chat, String session, Object question) {
		return chat.post("/v1/chat/completions").hashKey(session).body(question).retrieve(String.class);
	}

	Mono<String> throughWebClient(WebClient.Builder loadBalanced) {
		return loadBalanced.build()
			.post()
			.uri("http://mnist/api/predict/mnist_saved_model_example")
			.retrieve()
			.bodyToMono(String.class);
	}

}
