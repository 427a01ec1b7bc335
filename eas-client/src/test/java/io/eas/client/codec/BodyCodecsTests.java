package io.eas.client.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import io.eas.http.Answer;
import io.eas.http.BodyTooLargeException;
import io.eas.http.EncodedBody;
import io.eas.instance.EasInstance;
import io.eas.protobuf.tensorflow.PredictRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.CodecException;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ClientCodecConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BodyCodecsTests {

	private final BodyCodecs codecs = new BodyCodecs(ClientCodecConfigurer.create(), 1 << 20);

	@Test
	void sendsBytesTextAndProtobufAsTheSdksDoAndTheRestAsJson() {
		assertThat(this.codecs.defaultType(new byte[0])).isEqualTo(MediaType.APPLICATION_OCTET_STREAM);
		assertThat(this.codecs.defaultType("[1]")).isEqualTo(MediaType.APPLICATION_OCTET_STREAM);
		assertThat(this.codecs.defaultType(PredictRequest.getDefaultInstance()))
			.isEqualTo(MediaType.APPLICATION_OCTET_STREAM);
		assertThat(this.codecs.defaultType(Map.of())).isEqualTo(MediaType.APPLICATION_JSON);
		assertThat(this.codecs.defaultType(List.of(1))).isEqualTo(MediaType.APPLICATION_JSON);
		assertThat(this.codecs.defaultType(new Image(7))).isEqualTo(MediaType.APPLICATION_JSON);
	}

	@Test
	void encodesValuesWithMatchingCodec() throws IOException {
		assertThat(text(this.codecs.encode(new Image(7), MediaType.APPLICATION_JSON))).isEqualTo("{\"pixel\":7}");
		assertThat(text(this.codecs.encode(List.of(1, 2), MediaType.APPLICATION_JSON))).isEqualTo("[1,2]");
		assertThat(text(this.codecs.encode("ü", MediaType.TEXT_PLAIN))).isEqualTo("ü");
		EncodedBody latin = this.codecs.encode("ü", MediaType.parseMediaType("text/plain;charset=ISO-8859-1"));
		assertThat(latin.bytes()).containsExactly(0xFC);
		PredictRequest request = PredictRequest.newBuilder().setSignatureName("s").build();
		EncodedBody message = this.codecs.encode(request, MediaType.APPLICATION_OCTET_STREAM);
		assertThat(PredictRequest.parser().parseFrom(message.bytes(), message.offset(), message.length()))
			.isEqualTo(request);
	}

	@Test
	void messageNamesTypeThatNoCodecWrites() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codecs.encode(new Image(7), MediaType.IMAGE_PNG))
			.withMessageContaining("Image")
			.withMessageContaining("image/png");
	}

	@Test
	void decodesBodyIntoRequestedType() {
		assertThat(read("{\"pixel\":7}", "application/json", Image.class)).isEqualTo(new Image(7));
		assertThat(read("ü", "text/plain", String.class)).isEqualTo("ü");
		assertThat((byte[]) read("abc", "text/plain", byte[].class)).asString().isEqualTo("abc");
		ResolvableType images = ResolvableType.forType(new ParameterizedTypeReference<List<Image>>() {
		});
		assertThat(this.codecs.decode(answer("[{\"pixel\":7}]".getBytes(StandardCharsets.UTF_8), "application/json"),
				images))
			.isEqualTo(List.of(new Image(7)));
		PredictRequest message = PredictRequest.newBuilder().setSignatureName("s").build();
		assertThat(this.codecs.decode(answer(message.toByteArray(), "application/octet-stream"),
				ResolvableType.forClass(PredictRequest.class)))
			.isEqualTo(message);
	}

	@Test
	void decodesJsonWithAnyContentType() {
		for (String type : new String[] { "text/plain", "application/octet-stream", "text/html", "not a type" }) {
			assertThat(read("{\"pixel\":7}", type, Image.class)).isEqualTo(new Image(7));
		}
		Answer untyped = new Answer(200, new DefaultHttpHeaders(), "{\"pixel\":7}".getBytes(StandardCharsets.UTF_8),
				new EasInstance("10.0.0.1", 1, 1), 100);
		assertThat(this.codecs.decode(untyped, ResolvableType.forClass(Image.class))).isEqualTo(new Image(7));
	}

	@Test
	void emptyBodyIsDecodedAsNull() {
		assertThat(read("", "application/json", Image.class)).isNull();
	}

	@Test
	void refusesMalformedJson() {
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> read("{", "application/json", Image.class));
	}

	@Test
	void decompresses() throws IOException {
		ByteArrayOutputStream gzip = new ByteArrayOutputStream();
		assertThat(decompressed("GZIP", gzip, new GZIPOutputStream(gzip))).isEqualTo("hello");
		ByteArrayOutputStream deflate = new ByteArrayOutputStream();
		assertThat(decompressed("deflate", deflate, new DeflaterOutputStream(deflate))).isEqualTo("hello");
	}

	@Test
	void rejectsUnknownOrInvalidCompression() {
		Answer zstd = answer(new byte[] { 1 }, "text/plain");
		zstd.headers().set("Content-Encoding", "zstd");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codecs.decode(zstd, ResolvableType.forClass(String.class)))
			.withMessageContaining("zstd");
		Answer plain = answer(new byte[] { 1, 2, 3 }, "text/plain");
		plain.headers().set("Content-Encoding", "gzip");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codecs.decode(plain, ResolvableType.forClass(String.class)))
			.withMessageContaining("Content-Encoding gzip: ");
	}

	@Test
	void returnsBytesUnchangedIfCompressionIsUnknown() {
		Answer zstd = answer(new byte[] { 1, 2 }, "text/plain");
		zstd.headers().set("Content-Encoding", "zstd");
		assertThat((byte[]) this.codecs.decode(zstd, ResolvableType.forClass(byte[].class))).containsExactly(1, 2);
	}

	@Test
	void rejectsDecompressionBomb() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(new byte[101]);
		}
		Answer answer = answer(bytes.toByteArray(), "text/plain");
		answer.headers().set("Content-Encoding", "gzip");
		assertThatExceptionOfType(BodyTooLargeException.class)
			.isThrownBy(() -> this.codecs.decode(answer, ResolvableType.forClass(String.class)));
	}

	private String decompressed(String encoding, ByteArrayOutputStream bytes, OutputStream compressor)
			throws IOException {
		try (compressor) {
			compressor.write("hello".getBytes(StandardCharsets.UTF_8));
		}
		Answer answer = answer(bytes.toByteArray(), "text/plain");
		answer.headers().set("Content-Encoding", encoding);
		return (String) this.codecs.decode(answer, ResolvableType.forClass(String.class));
	}

	private Object read(String body, String contentType, Class<?> type) {
		return this.codecs.decode(answer(body.getBytes(StandardCharsets.UTF_8), contentType),
				ResolvableType.forClass(type));
	}

	private static Answer answer(byte[] body, String contentType) {
		HttpHeaders headers = new DefaultHttpHeaders().set("Content-Type", contentType);
		return new Answer(200, headers, body, new EasInstance("10.0.0.1", 1, 1), 100);
	}

	private static String text(EncodedBody body) {
		return new String(body.bytes(), body.offset(), body.length(), StandardCharsets.UTF_8);
	}

	record Image(int pixel) {
	}

}
