package io.eas.readme;

import io.eas.autoconfigure.EasClientCustomizer;
import io.eas.client.auth.EasTokenSupplier;
import io.netty.channel.ChannelOption;

import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.client.WebClient;

/** Tokens and the HTTP client by beans, as the guide shows them. */
class TransportBeans {

	@Bean
	EasTokenSupplier tokens(WebClient.Builder builder) {
		WebClient vault = builder.baseUrl("https://vault.example.com").build();
		return (alias) -> vault.get().uri("/tokens/{alias}", alias).retrieve().bodyToMono(String.class);
	}

	@Bean
	EasClientCustomizer lowDelay() {
		return (alias, client) -> alias.equals("llm") ? client.option(ChannelOption.IP_TOS, 0x10) : client;
	}

}
