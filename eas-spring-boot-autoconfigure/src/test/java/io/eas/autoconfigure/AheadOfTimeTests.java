package io.eas.autoconfigure;

import io.eas.properties.EasServerProperties;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.context.reactive.AnnotationConfigReactiveWebApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

class AheadOfTimeTests {

	@Test
	void theBeansCanBeProcessedAheadOfTime() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues
				.of("eas.endpoint=127.0.0.1:1", "eas.services.mnist.token=abc", "eas.services.llm.token=abc")
				.applyTo(context);
			context.register(JacksonAutoConfiguration.class, CodecsAutoConfiguration.class, EasAutoConfiguration.class,
					EasHealthAutoConfiguration.class, EasActuatorAutoConfiguration.class,
					EasMetricsAutoConfiguration.class);
			InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get("test", "Application")), files);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			assertThat(files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE).keySet())
				.anyMatch((file) -> file.contains("EasAutoConfiguration__BeanDefinitions"));
		}
	}

	@Test
	void theServersPropertiesAreBoundAndActuatorIsFoundInANativeImage() {
		try (AnnotationConfigReactiveWebApplicationContext context = new AnnotationConfigReactiveWebApplicationContext()) {
			TestPropertyValues.of("eas.server.enabled=true", "server.port=8000").applyTo(context);
			context.register(EasServerAutoConfiguration.class);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get("test", "Application")), new InMemoryGeneratedFiles());
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			assertThat(RuntimeHintsPredicates.reflection()
				.onConstructorInvocation(EasServerProperties.class.getDeclaredConstructors()[0]))
				.accepts(generation.getRuntimeHints());
			assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(ProbeLocations.ACTUATOR)))
				.accepts(generation.getRuntimeHints());
		}
	}

}
