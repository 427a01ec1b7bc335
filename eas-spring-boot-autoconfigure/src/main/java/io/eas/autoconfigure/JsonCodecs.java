package io.eas.autoconfigure;

import java.util.function.Supplier;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.codec.Decoder;
import org.springframework.core.codec.Encoder;
import org.springframework.http.codec.CodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;

/**
 * JSON codecs with the application's Jackson settings. Spring Boot configures the same
 * codecs, but only if spring-webflux is on the class path. This is not a
 * {@code CodecCustomizer}, which would also customize other clients of the application.
 * This record refers to no Jackson type, since Jackson may be missing.
 *
 * @param encoder supplies a new JSON encoder
 * @param decoder supplies a new JSON decoder, since each client sets its own limit
 */
record JsonCodecs(Supplier<Encoder<?>> encoder, Supplier<Decoder<?>> decoder) {

	/**
	 * Sets these codecs as the defaults of a client; later customizers may replace them.
	 */
	void addTo(CodecConfigurer configurer) {
		configurer.defaultCodecs().jacksonJsonEncoder(this.encoder.get());
		configurer.defaultCodecs().jacksonJsonDecoder(this.decoder.get());
	}

	/**
	 * Creates the codecs if the application has a single or primary {@link JsonMapper}.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	static class OfJackson {

		@Bean
		@ConditionalOnSingleCandidate(JsonMapper.class)
		JsonCodecs easJsonCodecs(JsonMapper mapper) {
			return new JsonCodecs(() -> new JacksonJsonEncoder(mapper), () -> new JacksonJsonDecoder(mapper));
		}

	}

}
