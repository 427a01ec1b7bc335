package io.eas.client.call;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NoValueTests {

	static Stream<Object> noValues() {
		return Stream.of(Mono.just(1), new CompletableFuture<>(), new ByteArrayInputStream(new byte[1]),
				new StringReader("a"), new ByteArrayResource(new byte[1]), Path.of("a"), new File("a"),
				List.of(1).iterator(), Stream.of(1), new LinkedMultiValueMap<>());
	}

	@ParameterizedTest
	@MethodSource("noValues")
	void isRefusedWithWhatToDo(Object body) {
		assertThatIllegalArgumentException().isThrownBy(() -> NoValue.refuse(body))
			.withMessageMatching("A body must be a value, not a \\w+(\\.\\w+)?; .*(first|flatMap|thenCompose|Map).*");
	}

	static Stream<Object> values() {
		return Stream.of("a", new byte[1], 1, List.of(1), Map.of("a", 1), Optional.of(1));
	}

	@ParameterizedTest
	@MethodSource("values")
	void valuesAreTaken(Object body) {
		assertThatCode(() -> NoValue.refuse(body)).doesNotThrowAnyException();
	}

}
