package io.eas.client.call;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eas.client.EasResponse;
import io.eas.instance.EasInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamSource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NoValueTests {

	static Stream<Object> noValues() {
		return Stream.of(Mono.just(1), new CompletableFuture<>(), new ByteArrayInputStream(new byte[1]),
				new StringReader("a"), new ByteArrayResource(new byte[1]), Path.of("a"), new File("a"),
				List.of(1).iterator(), Stream.of(1), new LinkedMultiValueMap<>(), (InputStreamSource) () -> null,
				new HttpEntity<>("a"), ResponseEntity.ok("a"), response(), (Supplier<String>) () -> "a",
				(Callable<String>) () -> "a", (Function<String, String>) (text) -> text, (Runnable) () -> {
				}, Optional.of(1), Optional.empty(), OptionalInt.of(1), OptionalLong.of(1), OptionalDouble.of(1),
				new Object(), new Supplier<String>() {

					@Override
					public String get() {
						return "a";
					}

				});
	}

	private static EasResponse<String> response() {
		return new EasResponse<>(HttpStatus.OK, new HttpHeaders(), "a", new EasInstance("10.0.0.1", 80, 1), 1);
	}

	@ParameterizedTest
	@MethodSource("noValues")
	void rejectionNamesTheRemedy(Object body) {
		assertThatIllegalArgumentException().isThrownBy(() -> NoValue.refuse(body))
			.withMessageMatching("A body must be a value, not an? [\\w./$]+; .*(first|flatMap|thenCompose|Map|pass).*");
	}

	static Stream<Object> values() {
		return Stream.of("a", new byte[1], 1, List.of(1), Map.of("a", 1), new Bare(),
				JsonNodeFactory.instance.objectNode());
	}

	@Test
	void messageSaysWhatToPassInstead() {
		assertThatIllegalArgumentException().isThrownBy(() -> NoValue.refuse(ResponseEntity.ok("a")))
			.withMessage("A body must be a value, not a ResponseEntity; pass its getBody(), and its headers with "
					+ "header(name, values)");
		assertThatIllegalArgumentException().isThrownBy(() -> NoValue.refuse(new Object()))
			.withMessage(
					"A body must be a value, not an Object; it holds nothing; for an empty JSON object pass Map.of()");
	}

	@ParameterizedTest
	@MethodSource("values")
	void valuesAreAccepted(Object body) {
		assertThatCode(() -> NoValue.refuse(body)).doesNotThrowAnyException();
	}

	/** A value, though one without members. */
	record Bare() {

	}

}
