package io.eas.health;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.eas.discovery.DiscoveryException;
import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceSource;
import io.eas.discovery.probe.ProbeState;
import io.eas.discovery.probe.Verdict;
import io.eas.instance.Gateway;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import io.eas.test.SettableClock;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * How the health of a service follows the age of its list.
 */
class ServiceHealthTests {

	private static final Freshness FRESHNESS = new Freshness(Duration.ofSeconds(15), Duration.ofMinutes(5));

	private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final InstanceCache cache = new InstanceCache(this.clock);

	private final Map<String, ProbeState> probes = new LinkedHashMap<>();

	private Gateway gateway;

	private int ejected;

	@Test
	void showsNumberOfEjectedInstances() {
		this.cache.succeed(TestInstances.instances(1, 1, 1), Source.DISCOVERY);
		assertThat(health().getDetails()).doesNotContainKey("ejected");
		this.ejected = 2;
		assertThat(health().getDetails()).containsEntry("ejected", 2);
	}

	@Test
	void isUpWithAFreshList() {
		this.cache.succeed(TestInstances.instances(100, 0, 7), Source.DISCOVERY);
		this.clock.pass(Duration.ofMillis(7900));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsExactly(entry("instances", 3), entry("source", "discovery"),
				entry("ageSeconds", 7L), entry("lastSuccess", "2026-01-01T00:00:00Z"));
	}

	@Test
	void isUpButStaleOnceTheListIsOlderThanStaleAfter() {
		this.cache.succeed(TestInstances.instances(100), Source.DISCOVERY);
		this.clock.pass(FRESHNESS.staleAfter());
		assertThat(health().getDetails()).doesNotContainKey("stale");
		this.clock.pass(Duration.ofMillis(1));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsEntry("stale", true).containsEntry("ageSeconds", 15L);
	}

	@Test
	void isDownOnceTheListIsOlderThanDownAfter() {
		this.cache.succeed(TestInstances.instances(100), Source.DISCOVERY);
		this.clock.pass(FRESHNESS.downAfter());
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		this.clock.pass(Duration.ofMillis(1));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getDetails()).containsEntry("stale", true)
			.containsEntry("instances", 1)
			.containsEntry("ageSeconds", 300L);
	}

	@Test
	void isUpAgainAfterAGoodPollEvenOfTheSameList() {
		this.cache.succeed(TestInstances.instances(100), Source.DISCOVERY);
		this.clock.pass(Duration.ofHours(1));
		this.cache.fail(new DiscoveryException("status 500", null));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		this.cache.succeed(TestInstances.instances(100), Source.DISCOVERY);
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsEntry("ageSeconds", 0L)
			.containsEntry("lastSuccess", "2026-01-01T01:00:00Z")
			.doesNotContainKeys("stale", "failedPolls", "lastFailure");
	}

	@Test
	void snapshotAgesFromTheTimeDiscoveryReturnedItsList() {
		Instant now = this.clock.instant();
		this.cache.fail(new DiscoveryException("status 500", null));
		this.cache.restore(new InstanceList(TestInstances.instances(100), now, Source.SNAPSHOT), now.minusSeconds(60));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsExactly(entry("instances", 1), entry("source", "snapshot"),
				entry("ageSeconds", 60L), entry("lastSuccess", "2025-12-31T23:59:00Z"), entry("stale", true),
				entry("failedPolls", 1), entry("lastFailure", "status 500"));
		this.clock.pass(FRESHNESS.downAfter());
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void showsLastFailureAndNumberOfFailures() {
		this.cache.succeed(TestInstances.instances(100), Source.DISCOVERY);
		this.cache.fail(new DiscoveryException("status 500", null));
		this.cache.fail(new DiscoveryException("no answer within 3000 ms", null));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsEntry("failedPolls", 2)
			.containsEntry("lastFailure", "no answer within 3000 ms");
	}

	@Test
	void isDownBeforeTheFirstList() {
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getDetails()).containsExactly(entry("instances", 0));
	}

	@Test
	void isDownWithoutAListAndShowsTheReason() {
		this.cache.fail(new DiscoveryException("status 500", null));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getDetails()).containsExactly(entry("instances", 0), entry("failedPolls", 1),
				entry("lastFailure", "status 500"));
	}

	@Test
	void showsNumberOfInstancesThatHaveNotPassedProbes() {
		this.cache.succeed(TestInstances.instances(100), Source.DISCOVERY);
		this.probes.put("10.0.0.0:8501", new ProbeState(Verdict.PASSING, "connected"));
		this.probes.put("10.0.0.1:8501", new ProbeState(Verdict.FAILING, "connection refused"));
		this.probes.put("10.0.0.2:8501", new ProbeState(Verdict.FAILING, "connection refused"));
		this.probes.put("10.0.0.3:8501", new ProbeState(Verdict.UNPROVEN, null));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsEntry("instances", 1)
			.containsEntry("unproven", 1L)
			.containsEntry("failing", 2L);
	}

	@Test
	void isDownWhileNoListedInstanceHasPassed() {
		this.cache.confirm();
		this.probes.put("10.0.0.0:8501", new ProbeState(Verdict.UNPROVEN, "connection refused"));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getDetails()).containsExactly(entry("instances", 0), entry("unproven", 1L),
				entry("failing", 0L));
	}

	@Test
	void configuredListDoesNotAge() {
		this.cache.succeed(TestInstances.instances(100, 100), Source.STATIC);
		this.clock.pass(Duration.ofDays(1000));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsExactly(entry("instances", 2), entry("source", "static"));
	}

	@Test
	void configuredGatewayDoesNotAge() {
		this.cache.succeed(TestInstances.instances(100), Source.GATEWAY);
		this.clock.pass(Duration.ofDays(1000));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsExactly(entry("instances", 1), entry("source", "gateway"));
	}

	@Test
	void isDownDuringTheGatewayFallbackAndShowsIt() {
		this.gateway = new Gateway(TestInstances.instance(0, 100), false);
		this.cache.fail(new DiscoveryException("status 500", null));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getDetails()).containsExactly(entry("instances", 0), entry("gatewayFallback", true),
				entry("failedPolls", 1), entry("lastFailure", "status 500"));
	}

	@Test
	void unusedGatewayFallbackIsNotShown() {
		this.gateway = new Gateway(TestInstances.instance(0, 100), false);
		this.cache.succeed(TestInstances.instances(100), Source.DISCOVERY);
		this.clock.pass(FRESHNESS.downAfter().multipliedBy(2));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getDetails()).doesNotContainKey("gatewayFallback");
	}

	@Test
	void ageIsNotNegativeIfTheClockWasSetBack() {
		this.cache.succeed(TestInstances.instances(100), Source.DISCOVERY);
		this.clock.pass(Duration.ofMinutes(-10));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsEntry("ageSeconds", 0L);
	}

	/**
	 * Subscribed to, it is there before the subscription returns: nothing is waited for.
	 */
	private Health health() {
		Thread caller = Thread.currentThread();
		Health[] health = new Health[1];
		InstanceSource source = new InstanceSource("mnist", this.cache, this.gateway, this.clock.instant());
		new ServiceHealthIndicator(this.cache, source, () -> this.probes, (list) -> this.ejected, FRESHNESS, this.clock)
			.health()
			.subscribe((answer) -> {
				assertThat(Thread.currentThread()).isSameAs(caller);
				health[0] = answer;
			});
		assertThat(health[0]).isNotNull();
		return health[0];
	}

}
