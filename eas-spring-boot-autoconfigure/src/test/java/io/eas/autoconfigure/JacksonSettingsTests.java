package io.eas.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasCodecException;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.MediaType;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JacksonSettingsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String JSON = "{\"max_tokens\":5}";

	private static final String WITH_UNKNOWN = "{\"max_tokens\":5,\"confidence\":1.0}";

	private static final EasEmulator ECHO = LocalEas.start(EmulatedHandler.echo(), 100);

	@AfterAll
	static void stop() {
		ECHO.close();
	}

	/** Boot customizes codecs only where there is a WebClient. */
	enum Application {

		WITH_WEBCLIENT, WITHOUT_WEBCLIENT;

		ApplicationContextRunner runner() {
			ApplicationContextRunner runner = LocalEas.application(ECHO);
			return (this == WITH_WEBCLIENT) ? runner : runner.withClassLoader(new FilteredClassLoader(WebClient.class));
		}

		ApplicationContextRunner runnerWithSettings() {
			return runner().withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE",
					"spring.jackson.deserialization.fail-on-unknown-properties=true");
		}

	}

	@ParameterizedTest
	@EnumSource
	void settingsApplyToRequests(Application application) {
		application.runnerWithSettings()
			.run((context) -> assertThat(
					context.getBean(EasClient.class).predict(new Settings(5), String.class).block(PATIENCE))
				.isEqualTo(JSON));
	}

	@ParameterizedTest
	@EnumSource
	void settingsApplyToResponses(Application application) {
		application.runnerWithSettings().run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			assertThat(client.predict(JSON, Settings.class).block(PATIENCE)).isEqualTo(new Settings(5));
			assertThatExceptionOfType(EasCodecException.class)
				.isThrownBy(() -> client.predict(WITH_UNKNOWN, Settings.class).block(PATIENCE))
				.withMessageContaining("confidence");
		});
	}

	@ParameterizedTest
	@EnumSource
	void settingsApplyToEvents(Application application) {
		application.runnerWithSettings().run((context) -> {
			assertThat(lastOf(context.getBean(EasClient.class), MediaType.TEXT_EVENT_STREAM, "data:" + JSON + "\n\n"))
				.isEqualTo(new Settings(5));
			assertThatExceptionOfType(EasCodecException.class)
				.isThrownBy(() -> lastOf(context.getBean(EasClient.class), MediaType.TEXT_EVENT_STREAM,
						"data:" + WITH_UNKNOWN + "\n\n"))
				.withMessageContaining("confidence");
		});
	}

	@ParameterizedTest
	@EnumSource
	void settingsApplyToJsonLines(Application application) {
		application.runnerWithSettings().run((context) -> {
			assertThat(lastOf(context.getBean(EasClient.class), MediaType.APPLICATION_NDJSON, JSON + "\n"))
				.isEqualTo(new Settings(5));
			assertThatExceptionOfType(EasCodecException.class).isThrownBy(
					() -> lastOf(context.getBean(EasClient.class), MediaType.APPLICATION_NDJSON, WITH_UNKNOWN + "\n"))
				.withMessageContaining("confidence");
		});
	}

	private static Settings lastOf(EasClient client, MediaType contentType, String body) {
		return client.post("/").contentType(contentType).body(body).retrieveFlux(Settings.class).blockLast(PATIENCE);
	}

	@ParameterizedTest
	@EnumSource
	void codecCustomizerIsAppliedLast(Application application) {
		JsonMapper upper = JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.UPPER_SNAKE_CASE)
			.build();
		application.runnerWithSettings()
			.withBean("upper", CodecCustomizer.class,
					() -> (configurer) -> configurer.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(upper)))
			.run((context) -> assertThat(
					context.getBean(EasClient.class).predict(new Settings(5), String.class).block(PATIENCE))
				.isEqualTo("{\"MAX_TOKENS\":5}"));
	}

	@ParameterizedTest
	@EnumSource
	void eachServiceHasItsOwnElementLimit(Application application) {
		String line = "{\"text\":\"" + "x".repeat(5000) + "\"}\n";
		application.runner()
			.withPropertyValues("eas.services.small.service-name=echo",
					"eas.services.small.http.max-in-memory-size=1KB")
			.run((context) -> {
				EasClients clients = context.getBean(EasClients.class);
				assertThat(lines(clients.get("echo"), line)).isEqualTo(1);
				assertThatExceptionOfType(EasCodecException.class).isThrownBy(() -> lines(clients.get("small"), line));
			});
	}

	private static long lines(EasClient client, String body) {
		return client.post("/")
			.contentType(MediaType.APPLICATION_NDJSON)
			.body(body)
			.retrieveFlux(Map.class)
			.count()
			.block(PATIENCE);
	}

	@Test
	void applicationWithoutJacksonStillStarts() {
		Application.WITHOUT_WEBCLIENT.runner()
			.withClassLoader(new FilteredClassLoader(WebClient.class, JsonMapper.class))
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(JsonCodecs.class);
				assertThat(context.getBean(EasClient.class).predict("a", String.class).block(PATIENCE)).isEqualTo("a");
			});
	}

	@Test
	void otherClientsOfTheApplicationAreNotCustomized() {
		Application.WITHOUT_WEBCLIENT.runner()
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CodecCustomizer.class));
	}

	@Test
	void primaryMapperIsUsedIfThereAreSeveral() {
		JsonMapper kebab = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();
		Application.WITHOUT_WEBCLIENT.runner()
			.withBean("other", JsonMapper.class, JsonMapper::new)
			.withBean("kebab", JsonMapper.class, () -> kebab, (definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(
					context.getBean(EasClient.class).predict(new Settings(5), String.class).block(PATIENCE))
				.isEqualTo("{\"max-tokens\":5}"));
	}

	@Test
	void noMapperIsUsedIfThereAreSeveralAndNoPrimaryOne() {
		Application.WITHOUT_WEBCLIENT.runner()
			.withBean("one", JsonMapper.class, JsonMapper::new)
			.withBean("other", JsonMapper.class, JsonMapper::new)
			.run((context) -> assertThat(
					context.getBean(EasClient.class).predict(new Settings(5), String.class).block(PATIENCE))
				.isEqualTo("{\"maxTokens\":5}"));
	}

	record Settings(int maxTokens) {

	}

}
