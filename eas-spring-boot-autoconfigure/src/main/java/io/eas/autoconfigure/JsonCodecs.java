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
 * JSON with the application's Jackson settings. Boot sets the same codecs, but only where
 * spring-webflux is on the class path. No {@code CodecCustomizer}: it would customize the
 * application's other clients too. Names no type of Jackson, which may be missing.
 *
 * @param encoder makes what writes JSON
 * @param decoder makes what reads JSON, and is told by its client how much at most
 */
record JsonCodecs(Supplier<Encoder<?>> encoder, Supplier<Decoder<?>> decoder) {

	/** Makes these the default of a client; whoever customizes it later may change it. */
	void addTo(CodecConfigurer configurer) {
		configurer.defaultCodecs().jacksonJsonEncoder(this.encoder.get());
		configurer.defaultCodecs().jacksonJsonDecoder(this.decoder.get());
	}

	/** Makes them, where the application has a mapper, and of several a primary one. */
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
