package io.eas.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.eas.client.EasClient;
import io.eas.client.EasNoInstanceException;
import io.eas.client.EasStartupException;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.service.EasServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * What the start of an application waits for.
 */
@Tag("application")
@ExtendWith(OutputCaptureExtension.class)
class StartupTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final EasEmulator eas = LocalEas.start(EmulatedHandler.echo(), 100);

	@BeforeEach
	void discoveryFails() {
		this.eas.discovery().status(500);
	}

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void startWaitsForTheFirstList() {
		this.eas.discovery().late(Duration.ofMillis(300));
		application().run((context) -> assertThat(list(context.getBean(EasServices.class))).isTrue());
	}

	@Test
	void startGoesOnWithoutAListAfterTheTimeoutAndPollsOn() {
		application("eas.discovery.startup-timeout=300ms").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(list(context.getBean(EasServices.class))).isFalse();
			this.eas.discovery().heal();
			assertThat(context.getBean(EasClient.class).predict("hello", String.class).block(PATIENCE))
				.isEqualTo("hello");
		});
	}

	@Test
	void startWaitsUntilTheTimeoutForDiscoveryToRecover() {
		application("eas.discovery.startup-timeout=20s").withBean(Healer.class, () -> new Healer(this.eas))
			.run((context) -> assertThat(list(context.getBean(EasServices.class))).isTrue());
	}

	@Test
	void neitherStartNorCallsWaitForAMissingService(CapturedOutput output) {
		this.eas.discovery().status(404);
		long started = System.nanoTime();
		application("eas.discovery.startup-timeout=10m", "eas.http.request-timeout=10m", "eas.discovery.interval=2s")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(PATIENCE);
				EasClient client = context.getBean(EasClient.class);
				String said = "discovery at http://" + this.eas.endpoint()
						+ "/api/v1/servicediscovery/upstreams/echo: status 404, is the name of the service "
						+ "right, and the endpoint (or uid and region-id)?";
				assertThat(output).contains("echo: " + said);
				StepVerifier.create(client.predict("hello", String.class))
					.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasNoInstanceException.class)
						.hasMessage("echo: no instance is known: " + said))
					.verify(PATIENCE);
				Response<ServiceInstance> choice = Mono
					.from(context.getBean(LoadBalancerClientFactory.class)
						.getInstance("echo", ReactorServiceInstanceLoadBalancer.class)
						.choose())
					.block(PATIENCE);
				assertThat(choice.hasServer()).isFalse();
				this.eas.discovery().heal();
				await().atMost(PATIENCE).until(() -> list(context.getBean(EasServices.class)));
				assertThat(client.predict("hello", String.class).block(PATIENCE)).isEqualTo("hello");
			});
	}

	@Test
	void neitherStartNorCallsWaitForInstancesThatMayNotBeCalled() {
		this.eas.discovery().heal();
		long started = System.nanoTime();
		application("eas.discovery.startup-timeout=10m", "eas.http.request-timeout=10m",
				"eas.discovery.allowed-networks=")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				StepVerifier.create(context.getBean(EasClient.class).predict("hello", String.class))
					.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasNoInstanceException.class)
						.hasMessageMatching(
								"echo: no instance is known: discovery at \\S+: none of 1 instances can be used, "
										+ "the first: ip 127\\.0\\.0\\.1 is in none of discovery\\.allowed-networks "
										+ "\\(any unicast address but loopback and link-local\\); for the local EAS set "
										+ "eas\\.discovery\\.allowed-networks: 127\\.0\\.0\\.0/8"))
					.verify(PATIENCE);
				assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(PATIENCE);
			});
	}

	@Test
	void failFastStartFailsAtOnceIfTheServiceIsMissing() {
		this.eas.discovery().status(404);
		application("eas.discovery.startup=fail-fast", "eas.discovery.startup-timeout=10m")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(EasStartupException.class)
				.hasMessageMatching("echo: no instance is known after \\d{3,5} ms: .*: status 404, .*"));
	}

	@Test
	void restartPollsAgain() {
		this.eas.discovery().status(404);
		application("eas.discovery.interval=10s", "eas.discovery.startup-timeout=20s").run((context) -> {
			EasServices services = context.getBean(EasServices.class);
			assertThat(services.service("echo").cache().state().isNotFound()).isTrue();
			context.stop();
			this.eas.discovery().heal();
			context.start();
			assertThat(list(services)).isTrue();
			assertThat(context.getBean(EasClient.class).predict("hello", String.class).block(PATIENCE))
				.isEqualTo("hello");
		});
	}

	@Test
	void callAfterAFailedStartStartsNothing() {
		this.eas.discovery().heal();
		AtomicReference<EasClient> client = new AtomicReference<>();
		AtomicReference<ReactorServiceInstanceLoadBalancer> balancer = new AtomicReference<>();
		application().withBean("keeper", Keeper.class, () -> new Keeper(client, balancer))
			.withBean("broken", Object.class, () -> {
				throw new IllegalStateException("broken");
			})
			.run((context) -> {
				assertThat(context).hasFailed();
				StepVerifier.create(client.get().predict("hello", String.class))
					.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasNoInstanceException.class)
						.hasMessage("echo: the application is stopping"))
					.verify(PATIENCE);
				StepVerifier.create(Mono.from(balancer.get().choose()).timeout(Duration.ofMillis(300)))
					.expectError(TimeoutException.class)
					.verify(PATIENCE);
			});
		assertThat(this.eas.discovery().requests()).isZero();
	}

	@Test
	void beanMayMakeCallsInItsConstructor() {
		this.eas.discovery().heal();
		application().withBean(CallsWhileItIsMade.class)
			.run((context) -> assertThat(context.getBean(CallsWhileItIsMade.class).answer).isEqualTo("hello"));
		pollsNoMore();
	}

	@Test
	void servicesStartedByAnEarlyCallStopWithAFailedStart() {
		this.eas.discovery().heal();
		application("eas.discovery.interval=10ms").withBean(CallsWhileItIsMade.class)
			.withBean("broken", Object.class, () -> {
				throw new IllegalStateException("broken");
			})
			.run((context) -> assertThat(context).hasFailed());
		assertThat(this.eas.discovery().requests()).isPositive();
		pollsNoMore();
	}

	@Test
	void lazyStartDoesNotWait() {
		this.eas.discovery().silent();
		long started = System.nanoTime();
		application("eas.discovery.startup=lazy", "eas.discovery.startup-timeout=10m", "eas.discovery.timeout=1m")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(list(context.getBean(EasServices.class))).isFalse();
			});
		assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(PATIENCE);
	}

	@Test
	void failFastStartHasInstances() {
		this.eas.discovery().heal();
		application("eas.discovery.startup=fail-fast")
			.run((context) -> assertThat(list(context.getBean(EasServices.class))).isTrue());
	}

	@Test
	void failFastStartFailsWithTheMessageOfDiscovery(CapturedOutput output) {
		String endpoint = this.eas.endpoint();
		assertThatException()
			.isThrownBy(() -> Applications.start("eas.endpoint=" + endpoint, "eas.services.mnist.service-name=echo",
					"eas.auth.scheme=none", "eas.discovery.startup=fail-fast", "eas.discovery.startup-timeout=3s"))
			.withRootCauseInstanceOf(EasStartupException.class);
		assertThat(output)
			.contains("mnist: no instance is known after 3000 ms: discovery at http://" + endpoint
					+ "/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/echo: status 500")
			.contains("Check the endpoint (eas.services.mnist.endpoint, or uid and region-id), "
					+ "eas.services.mnist.service-name, and that this machine is in the service's VPC. To start "
					+ "without instances set eas.services.mnist.discovery.startup to 'wait' or 'lazy'.");
	}

	@Test
	void failedStartStopsPolling() {
		application("eas.discovery.startup=fail-fast", "eas.discovery.startup-timeout=300ms",
				"eas.discovery.interval=10ms")
			.run((context) -> assertThat(context).hasFailed());
		pollsNoMore();
	}

	@Test
	void closedContextStopsPolling() {
		this.eas.discovery().heal();
		application("eas.discovery.interval=10ms").run((context) -> {
			long asked = this.eas.discovery().requests();
			await().until(() -> this.eas.discovery().requests() > asked + 2);
		});
		pollsNoMore();
	}

	/**
	 * Longer than many waits nothing is asked. A poll that was under way at the end may
	 * still arrive before.
	 */
	private void pollsNoMore() {
		AtomicLong asked = new AtomicLong(-1);
		await().pollInterval(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> {
			long now = this.eas.discovery().requests();
			return asked.getAndSet(now) == now;
		});
	}

	private ApplicationContextRunner application(String... properties) {
		return LocalEas.application(this.eas, properties);
	}

	private static boolean list(EasServices services) {
		return services.service("echo").cache().current() != null;
	}

	/** Keeps what belongs to a context that doesn't start. */
	static final class Keeper implements ApplicationContextAware {

		private final AtomicReference<EasClient> client;

		private final AtomicReference<ReactorServiceInstanceLoadBalancer> balancer;

		Keeper(AtomicReference<EasClient> client, AtomicReference<ReactorServiceInstanceLoadBalancer> balancer) {
			this.client = client;
			this.balancer = balancer;
		}

		@Override
		public void setApplicationContext(ApplicationContext context) {
			this.client.set(context.getBean(EasClient.class));
			this.balancer.set(context.getBean(LoadBalancerClientFactory.class)
				.getInstance("echo", ReactorServiceInstanceLoadBalancer.class));
		}

	}

	/** As an application that loads something from a service does. */
	static final class CallsWhileItIsMade {

		private final String answer;

		CallsWhileItIsMade(EasClient client) {
			this.answer = client.predict("hello", String.class).block(PATIENCE);
		}

	}

	/** Heals discovery while the start waits: its polls have failed by then. */
	static final class Healer {

		Healer(EasEmulator eas) {
			Thread thread = new Thread(() -> {
				await().until(() -> eas.discovery().requests() >= 3);
				eas.discovery().heal();
			}, "healer");
			thread.setDaemon(true);
			thread.start();
		}

	}

}
