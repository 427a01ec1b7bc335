package io.eas.readme;

import java.time.Duration;

import io.eas.client.EasClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = { "eas.services.mnist.service-name=mnist", "eas.token=abc" })
@Import(LocalEasConfiguration.class)
class EchoTests {

	@Test
	void callsTheLocalEasThatIsABean(@Autowired EasClient mnist) {
		assertThat(mnist.predict("hello", String.class).block(Duration.ofSeconds(20))).isEqualTo("hello");
	}

}
