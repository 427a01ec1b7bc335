package io.eas.health;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import io.eas.client.call.LocalEas;
import io.eas.service.EasServices;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A part a service.
 */
class EasHealthContributorTests {

	private static final Freshness FRESHNESS = new Freshness(Duration.ofSeconds(15), Duration.ofMinutes(5));

	private final ApplicationContextRunner application = LocalEas.application()
		.withPropertyValues("eas.token=abc", "eas.mode=static", "eas.services.b.instances=10.0.0.1:1,10.0.0.2:1",
				"eas.services.a.instances=10.0.0.3:1");

	@Test
	void eachServiceHasAContributorNamedByItsAlias() {
		this.application.run((context) -> {
			EasHealthContributor health = new EasHealthContributor(context.getBean(EasServices.class),
					Map.of("a", FRESHNESS, "b", FRESHNESS), Clock.systemUTC());
			assertThat(health.stream()).extracting(ReactiveHealthContributors.Entry::name).containsExactly("a", "b");
			assertThat(health.getContributor("c")).isNull();
			Health part = ((ReactiveHealthIndicator) health.getContributor("b")).health().block(Duration.ZERO);
			assertThat(part.getStatus()).isEqualTo(Status.UP);
			assertThat(part.getDetails()).containsEntry("instances", 2).containsEntry("source", "static");
		});
	}

	@Test
	void serviceWithoutLimitsIsRejected() {
		this.application.run(
				(context) -> assertThatIllegalArgumentException()
					.isThrownBy(() -> new EasHealthContributor(context.getBean(EasServices.class),
							Map.of("a", FRESHNESS), Clock.systemUTC()))
					.withMessage("There are no limits for b"));
	}

}
