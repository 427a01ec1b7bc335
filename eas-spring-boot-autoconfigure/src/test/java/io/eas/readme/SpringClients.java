package io.eas.readme;

import io.eas.client.EasClients;
import io.eas.readme.DigitController.Digit;
import io.eas.readme.DigitController.Image;
import reactor.core.publisher.Flux;

import org.springframework.context.annotation.Bean;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Spring's clients of an alias, as the guide shows them.
 */
final class SpringClients {

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENTS = new ParameterizedTypeReference<>() {
	};

	@Bean
	RestClient mnistClient(EasClients eas) {
		return eas.restClient("mnist");
	}

	static Digit classify(RestClient mnistClient, Image image) {
		return mnistClient.post().contentType(MediaType.APPLICATION_JSON).body(image).retrieve().body(Digit.class);
	}

	static Flux<ServerSentEvent<String>> events(EasClients eas, Object question) {
		return eas.webClient("llm")
			.post()
			.uri("/v1/chat/completions")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.bodyValue(question)
			.retrieve()
			.bodyToFlux(EVENTS);
	}

	static RestTemplate restTemplate(EasClients eas) {
		return new RestTemplate(eas.requestFactory("mnist"));
	}

	static WebClient webClient(EasClients eas) {
		return WebClient.builder().clientConnector(eas.connector("mnist")).baseUrl("http://mnist").build();
	}

}
