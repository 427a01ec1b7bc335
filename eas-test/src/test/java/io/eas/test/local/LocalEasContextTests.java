package io.eas.test.local;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.time.Duration;

import io.eas.client.EasClient;
import io.eas.emulator.EasEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How long a local EAS lives. */
@Tag("application")
class LocalEasContextTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@AfterEach
	void endDevTools() {
		Restarter.clearInstance();
	}

	@Test
	void testsWithTheSameAnnotationShareOneLocalEas() {
		ApplicationContext first = context(First.class);
		assertThat(context(Alike.class)).isSameAs(first);
		ApplicationContext other = context(Other.class);
		assertThat(other.getBean(EasEmulator.class)).isNotSameAs(first.getBean(EasEmulator.class));
		((ConfigurableApplicationContext) first).close();
		((ConfigurableApplicationContext) other).close();
	}

	private static ApplicationContext context(Class<?> testClass) {
		return new TestContextManager(testClass).getTestContext().getApplicationContext();
	}

	@Test
	void theLocalEasEndsWithItsContext() throws IOException {
		int port;
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getBean(EasClient.class).predict("hello", String.class).block(PATIENCE))
				.isEqualTo("hello");
			port = context.getBean(EasEmulator.class).port();
		}
		assertThat(isOpen(port)).isFalse();
	}

	@Test
	void restartsOfDevToolsKeepTheLocalEas() throws IOException {
		Restarter.initialize(new String[0], false, (thread) -> new URL[0], false);
		EasEmulator before;
		try (ConfigurableApplicationContext context = start()) {
			before = context.getBean(EasEmulator.class);
		}
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getBean(EasEmulator.class)).isSameAs(before);
			assertThat(context.getBean(EasClient.class).predict("hello", String.class).block(PATIENCE))
				.isEqualTo("hello");
		}
		finally {
			before.close();
		}
	}

	@Test
	void theSecondLocalEasOfAContextIsRefused() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> SpringApplication.run(new Class<?>[] { Development.class, More.class }, new String[0]))
			.withMessageContaining("More is the second one of this application context");
	}

	@Test
	void contradictionsAreRefused() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> SpringApplication.run(Contradicting.class))
			.withMessage("@LocalEas.Service(alias = \"mnist\") has more than one of handler, command and serviceJson; "
					+ "keep one of them");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> SpringApplication.run(WithoutFile.class))
			.withMessageContaining("has serviceJson = 'no-such.json', but there is no file ");
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(Development.class).web(WebApplicationType.NONE).run();
	}

	private static boolean isOpen(int port) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (ConnectException ex) {
			return false;
		}
	}

	@SpringBootTest(classes = Application.class)
	@LocalEas(@LocalEas.Service(alias = "mnist"))
	static class First {

	}

	@SpringBootTest(classes = Application.class)
	@LocalEas(@LocalEas.Service(alias = "mnist"))
	static class Alike {

	}

	@SpringBootTest(classes = Application.class)
	@LocalEas(@LocalEas.Service(alias = "mnist", instances = 2))
	static class Other {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@LocalEas(@LocalEas.Service(alias = "mnist"))
	static class Development {

	}

	@Configuration(proxyBeanMethods = false)
	@LocalEas(@LocalEas.Service(alias = "llm"))
	static class More {

	}

	@Configuration(proxyBeanMethods = false)
	@LocalEas(@LocalEas.Service(alias = "mnist", command = "model", serviceJson = "service.json"))
	static class Contradicting {

	}

	@Configuration(proxyBeanMethods = false)
	@LocalEas(@LocalEas.Service(alias = "mnist", serviceJson = "no-such.json"))
	static class WithoutFile {

	}

}
