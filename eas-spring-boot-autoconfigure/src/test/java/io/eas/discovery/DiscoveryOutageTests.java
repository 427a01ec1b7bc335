package io.eas.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.eas.client.EasClient;
import io.eas.client.EasResponse;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An hour in which discovery gives every kind of bad answer and never a good one: calls
 * notice nothing. Over real sockets; only the waits are virtual.
 */
class DiscoveryOutageTests {

	private static final Duration OUTAGE = Duration.ofHours(1);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);

	/** One that gets no answer takes as long as its limit, in steps. */
	private static final Duration STEP = Duration.ofSeconds(1);

	private static final int CALLS_A_POLL = 3;

	private final EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100, 100,
			100);

	private final WireMockServer discovery = new WireMockServer(Upstreams.configuration().containerThreads(64));

	private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	private final List<EasResponse<String>> answers = new ArrayList<>();

	DiscoveryOutageTests() {
		this.discovery.start();
		answer(Upstreams.items(this.eas.service("echo")
			.instances()
			.stream()
			.map((instance) -> Upstreams.item("127.0.0.1", instance.port(), instance.weight()))
			.toArray(String[]::new)));
	}

	@AfterEach
	void stop() {
		this.eas.close();
		this.discovery.stop();
		VirtualTimeScheduler.reset();
	}

	@Test
	void hourOfBadDiscoveryResponsesCostsNoCallAndNoAttempt() {
		LocalEas.application()
			.withPropertyValues("eas.endpoint=" + Upstreams.endpoint(this.discovery), "eas.token=" + LocalEas.TOKEN,
					"eas.discovery.allowed-networks=127.0.0.0/8", "eas.services.mnist.service-name=mnist")
			.run((context) -> {
				EasService service = context.getBean(EasServices.class).all().iterator().next();
				call(service.client());
				int polls = pollForAnHour(service);
				assertThat(polls).isGreaterThan(500);
				assertThat(service.cache().state().failures()).isEqualTo(polls);
				assertThat(this.answers).hasSize(CALLS_A_POLL * (polls + 1)).allSatisfy((answer) -> {
					assertThat(answer.body()).isEqualTo("ok");
					assertThat(answer.attempts()).isEqualTo(1);
				});
				assertThat(callsByPort()).hasSize(3)
					.allSatisfy((port, calls) -> assertThat(calls).isEqualTo(polls + 1));
			});
	}

	private int pollForAnHour(EasService service) throws InterruptedException {
		List<ResponseDefinitionBuilder> faults = DiscoveryFaultTests.faults(Upstreams.endpoint(this.discovery))
			.map((fault) -> (ResponseDefinitionBuilder) fault.get()[1])
			.toList();
		int polls = 0;
		while (this.time.now(TimeUnit.SECONDS) < OUTAGE.toSeconds()) {
			answer(faults.get(polls % faults.size()));
			polls++;
			awaitFailures(service.cache(), polls);
			call(service.client());
		}
		return polls;
	}

	private void awaitFailures(InstanceCache cache, int failures) throws InterruptedException {
		this.time.advanceTimeBy(LONGEST_WAIT);
		for (int n = 1; cache.state().failures() < failures; n++) {
			assertThat(n).as("turns until a poll has ended").isLessThan(10_000);
			TimeUnit.MILLISECONDS.sleep(2);
			if (n % 20 == 0) {
				this.time.advanceTimeBy(STEP);
			}
		}
	}

	private void call(EasClient client) {
		this.answers.addAll(Flux.range(0, CALLS_A_POLL)
			.flatMap((i) -> client.post("").body("[1]").toEntity(String.class))
			.collectList()
			.block(Duration.ofSeconds(30)));
	}

	private Map<Integer, Long> callsByPort() {
		return this.answers.stream()
			.map((answer) -> answer.instance().port())
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
	}

	private void answer(ResponseDefinitionBuilder answer) {
		this.discovery.resetAll();
		Upstreams.answer(this.discovery, answer);
	}

}
