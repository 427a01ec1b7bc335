package io.eas.readme;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mockingDetails;

/**
 * Mocks of one service among several, as the guide says.
 */
class MockedServicesTests {

	@Nested
	@SpringBootTest(classes = Nothing.class,
			properties = { "eas.services.mnist.mode=static", "eas.services.mnist.instances=127.0.0.1:9",
					"eas.services.llm.mode=static", "eas.services.llm.instances=127.0.0.1:9", "eas.auth.scheme=none" })
	class WithEas {

		@MockitoBean("llmEasClient")
		private EasClient llm;

		@Test
		void oneOfThemIsMocked(@Autowired @Qualifier("mnist") EasClient mnist,
				@Autowired @Qualifier("llm") EasClient injected) {
			assertThat(injected).isSameAs(this.llm);
			assertThat(mockingDetails(mnist).isMock()).isFalse();
		}

	}

	@Nested
	@SpringBootTest(classes = Nothing.class, properties = "eas.enabled=false")
	class WithoutEas {

		@MockitoBean("llm")
		private EasClient first;

		@MockitoBean("mnist")
		private EasClient second;

		@Test
		void eachIsMocked(@Autowired EasClient mnist, @Autowired @Qualifier("llm") EasClient other,
				@Autowired ApplicationContext context) {
			assertThat(mnist).isSameAs(this.second);
			assertThat(other).isSameAs(this.first);
			assertThat(context.getBeanNamesForType(EasClients.class)).isEmpty();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Nothing {

	}

}
