package io.eas.autoconfigure;

import java.util.List;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.Mockito.mock;

/**
 * What an application is told that wants a client which there isn't.
 */
@ExtendWith(OutputCaptureExtension.class)
class MissingClientTests {

	@Test
	void unknownAliasIsReportedWithTheConfiguredOnes(CapturedOutput output) {
		fails(Misspelled.class, "--eas.services.mnist.mode=static", "--eas.services.mnist.instances=127.0.0.1:1",
				"--eas.services.llm.mode=static", "--eas.services.llm.instances=127.0.0.1:1", "--eas.auth.scheme=none");
		assertThat(output).contains("The injection point in Misspelled with @Qualifier(\"mnits\")")
			.contains("a service that isn't configured. Configured under eas.services are: ")
			.containsPattern("are: (mnist, llm|llm, mnist)\\.")
			.contains("Add @Qualifier(\"mnist\")")
			.doesNotContain("\tat ");
	}

	@Test
	void ambiguousClientIsReported(CapturedOutput output) {
		fails(Unqualified.class, "--eas.services.mnist.mode=static", "--eas.services.mnist.instances=127.0.0.1:1",
				"--eas.services.llm.mode=static", "--eas.services.llm.instances=127.0.0.1:1", "--eas.auth.scheme=none");
		assertThat(output)
			.contains("The injection point in Unqualified needs an EasClient, but doesn't say of which service.")
			.contains("inject EasClients and call get(");
	}

	@Test
	void missingClientIsExplainedIfEasIsDisabled(CapturedOutput output) {
		fails(Unqualified.class, "--eas.services.mnist.service-name=m", "--eas.enabled=false");
		assertThat(output).contains("needs an EasClient, but there is none, since eas.enabled is false.")
			.contains("Set eas.enabled to true; or, in a test,")
			.doesNotContain("isn't configured");
	}

	@Test
	void missingClientsAreExplainedIfEasIsDisabled(CapturedOutput output) {
		fails(All.class, "--eas.services.mnist.service-name=m", "--eas.enabled=false");
		assertThat(output)
			.contains("The injection point in All needs EasClients, but there are none, since eas.enabled is false.")
			.contains("Set eas.enabled to true; or, in a test, put a mock in the place of the clients");
	}

	@Test
	void parametersNamedLikeAliasesGetTheirClients() {
		Applications.withServices("mnist", "my-llm")
			.withUserConfiguration(Named.class)
			.run((context) -> assertThat(context.getBean(Named.class).names).containsExactly("mnist", "my-llm"));
	}

	@Test
	void existingBeanNameIsNotReplaced() {
		Applications.withServices("mnist", "my-llm")
			.withBean("mnist", Unqualified.class, () -> new Unqualified(mock()))
			.withBean("mappers", BeanDefinitionRegistryPostProcessor.class,
					() -> (registry) -> registry.registerBeanDefinition("myLlm",
							new RootBeanDefinition(String.class, () -> "registered late, as mappers are")))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean("mnist")).isInstanceOf(Unqualified.class);
				assertThat(context.getBean("myLlm")).isInstanceOf(String.class);
				assertThat(context).hasBean("mnistEasClient").hasBean("my-llmEasClient");
			});
	}

	@Test
	void missingClientIsExplainedIfThereIsNoService(CapturedOutput output) {
		fails(Unqualified.class);
		assertThat(output).contains("needs an EasClient, but no service is configured under eas.services.")
			.contains("Configure one, such as eas.services.mnist.service-name");
	}

	private static void fails(Class<?> bean, String... arguments) {
		SpringApplication application = new SpringApplicationBuilder(Application.class, bean)
			.web(WebApplicationType.NONE)
			.build();
		assertThatException().isThrownBy(() -> application.run(arguments));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(EasAutoConfiguration.class)
	static class Application {

	}

	static class Named {

		private final List<String> names;

		Named(EasClient mnist, EasClient myLlm) {
			this.names = List.of(mnist.name(), myLlm.name());
		}

	}

	static class Misspelled {

		Misspelled(@Qualifier("mnits") EasClient client) {
			assertThat(client).isNotNull();
		}

	}

	static class All {

		All(EasClients clients) {
			assertThat(clients).isNotNull();
		}

	}

	static class Unqualified {

		Unqualified(EasClient client) {
			assertThat(client).isNotNull();
		}

	}

}
