package io.eas.sample.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

class BodyFormTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', textBlock = """
			application/json,         anything, JSON
			text/plain,               anything, JSON
			application/x-protobuf,   {},       TENSORFLOW
			application/octet-stream, {},       JSON
			application/octet-stream, [],       JSON
			application/octet-stream, anything, TENSORFLOW
			application/octet-stream, ~~,       TENSORFLOW
			""")
	void formatDependsOnTheTypeAndThenOnTheBody(String type, String body, BodyForm form) {
		assertThat(BodyForm.of(MediaType.valueOf(type), body.getBytes(StandardCharsets.UTF_8))).isEqualTo(form);
	}

	@Test
	void anyBodyOf784BytesIsAnImage() {
		byte[] body = new byte[784];
		Arrays.fill(body, (byte) '{');
		assertThat(BodyForm.of(MediaType.APPLICATION_OCTET_STREAM, body)).isEqualTo(BodyForm.GREYS);
		assertThat(BodyForm.of(MediaType.APPLICATION_JSON, body)).isEqualTo(BodyForm.JSON);
	}

}
