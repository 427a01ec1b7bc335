package io.eas.client.call;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.eas.client.EasClient;
import io.eas.client.EasRequest;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The algorithms that an application can choose, over real sockets.
 */
class AlgorithmTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100, 100,
			100, 100);

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void callsWithTheSameKeyGoToTheSameInstance() {
		withClient((client) -> {
			assertThat(instances(client, (request) -> request.hashKey("a prompt"))).hasSize(1);
			assertThat(instances(client, (request) -> request)).hasSize(4);
		}, "eas.load-balancer.algorithm=consistent-hash");
	}

	@Test
	void keyMayBeAHeaderAndTheCallsOwnKeyWins() {
		withClient((client) -> {
			assertThat(instances(client, (request) -> request.header("x-session-id", "7"))).hasSize(1);
			Set<EasInstance> own = IntStream.range(0, 40)
				.mapToObj(
						(i) -> instances(client, (request) -> request.header("X-Session-Id", "7").hashKey("own " + i)))
				.flatMap(Set::stream)
				.collect(Collectors.toSet());
			assertThat(own).hasSize(4);
		}, "eas.load-balancer.algorithm=consistent-hash", "eas.load-balancer.hash-header=X-Session-Id");
	}

	@Test
	void leastRequestUsesAllInstances() {
		withClient((client) -> assertThat(instances(client, (request) -> request)).hasSize(4),
				"eas.load-balancer.algorithm=least-request");
	}

	@Test
	void algorithmOfTheApplicationReplacesTheDefault() {
		InstancePicker.Factory always = (candidates) -> {
			InstanceState first = candidates.states().get(0);
			return (tried, hashKey) -> first;
		};
		LocalEas.application(this.eas)
			.withBean(InstancePicker.Factory.class, () -> always)
			.run((context) -> assertThat(instances(context.getBean(EasClient.class), (request) -> request)).hasSize(1));
	}

	private static Set<EasInstance> instances(EasClient client, Function<EasRequest, EasRequest> call) {
		return IntStream.range(0, 12)
			.mapToObj((i) -> call.apply(client.post("")).toEntity(String.class).block(PATIENCE).instance())
			.collect(Collectors.toSet());
	}

	private void withClient(Consumer<EasClient> test, String... properties) {
		LocalEas.application(this.eas, properties).run((context) -> test.accept(context.getBean(EasClient.class)));
	}

}
