package io.eas.client.call;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eas.client.EasClient;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * No call fails while an instance is well: the biggest one dies, two die at once, or all
 * are replaced. Over real sockets.
 */
@ExtendWith(OutputCaptureExtension.class)
class HealthyInstanceLeftTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final int CALLERS = 16;

	/** Pickers of lists of more than 64 are made on another thread. */
	private static final int LONG = 65;

	private static final EmulatedHandler OK = (request) -> Mono.just(EmulatedResponse.text(200, "ok"));

	@ParameterizedTest
	@ValueSource(strings = { "reset", "refuse", "450", "503" })
	void noCallFailsIfTheHeaviestInstanceFails(String fault) {
		try (EasEmulator eas = LocalEas.start(OK, 1, 10, 100)) {
			LocalEas.application(eas).run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				assertThat(failures(client, 50)).isEmpty();
				fail(instance(eas, 2), fault);
				assertThat(failures(client, 1000)).isEmpty();
			});
		}
	}

	@Test
	void noCallFailsIfTwoOfThreeInstancesDie() {
		try (EasEmulator eas = LocalEas.start(OK, 100, 100, 100)) {
			LocalEas.application(eas, "eas.retry.budget.ratio=0.01", "eas.retry.budget.min-per-second=2")
				.run((context) -> {
					EasClient client = context.getBean(EasClient.class);
					assertThat(failures(client, 50)).isEmpty();
					instance(eas, 0).refuse();
					assertThat(failures(client, 200)).isEmpty();
					instance(eas, 1).refuse();
					assertThat(failures(client, 1000)).isEmpty();
				});
		}
	}

	@Test
	void noCallFailsIfAllInstancesAreReplacedWhileTheOldOnesAreDead() {
		try (EasEmulator eas = LocalEas.start(OK, 100, 100, 100)) {
			LocalEas.application(eas, "eas.discovery.interval=2s", "eas.discovery.jitter=0").run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				EasService service = context.getBean(EasServices.class).service("echo");
				assertThat(failures(client, 50)).isEmpty();
				List<EmulatedInstance> old = List.copyOf(eas.service("echo").instances());
				EmulatedInstance added = eas.service("echo").add();
				added.awaitReady();
				old.forEach(EmulatedInstance::unlist);
				await().atMost(PATIENCE)
					.until(() -> service.cache()
						.current()
						.instances()
						.stream()
						.anyMatch((instance) -> instance.port() == added.port()));
				old.forEach(EmulatedInstance::refuse);
				assertThat(failures(client, 320)).isEmpty();
				await().atMost(PATIENCE).until(() -> service.cache().current().size() == 1);
			});
		}
	}

	@Test
	void noCallGoesToAnInstanceThatLeftDuringAnIdlePeriod() {
		try (EasEmulator eas = LocalEas.start(OK,
				Collections.nCopies(LONG, 100).stream().mapToInt((w) -> w).toArray())) {
			LocalEas.application(eas).run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				EasService service = context.getBean(EasServices.class).service("echo");
				assertThat(failures(client, 1)).isEmpty();
				List<EmulatedInstance> old = List.copyOf(eas.service("echo").instances());
				Set<Integer> added = Stream.generate(() -> eas.service("echo").add().port())
					.limit(LONG)
					.collect(Collectors.toSet());
				old.forEach(EmulatedInstance::unlist);
				await().atMost(PATIENCE)
					.until(() -> service.selector()
						.states()
						.stream()
						.allMatch((state) -> added.contains(state.instance().port())));
				long before = old.stream().mapToLong(EmulatedInstance::requests).sum();
				assertThat(failures(client, 1)).isEmpty();
				assertThat(old.stream().mapToLong(EmulatedInstance::requests).sum()).isEqualTo(before);
			});
		}
	}

	@Test
	void anotherServiceAtAListedAddressIsDetected(CapturedOutput output) {
		try (EasEmulator eas = LocalEas.start(OK, 100, 100, 100)) {
			LocalEas.application(eas, "eas.ejection.base-time=50ms").run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				instance(eas, 0).status(404);
				List<Integer> failed = new ArrayList<>();
				await().atMost(PATIENCE).until(() -> {
					failed.add(
							client.post("").retrieve(String.class).map((answer) -> 0).onErrorReturn(1).block(PATIENCE));
					return instance(eas, 0).requests() > 5;
				});
				// the call whose answer has it left out goes on elsewhere, and so do its
				// trials
				assertThat(failed).filteredOn((each) -> each == 1).hasSize(2);
				assertThat(output.toString().lines().filter((line) -> line.contains("another service at its address")))
					.singleElement()
					.asString()
					.contains("WARN")
					.contains(instance(eas, 0).address());
			});
		}
	}

	@Test
	void theFirstEventOfAStreamEndsTheTrial() throws Exception {
		AtomicBoolean failing = new AtomicBoolean(true);
		try (RawServer first = RawServer.start((socket, request) -> {
			if (failing.get()) {
				RawServer.send(socket, RawService.answer("503 X", ""));
			}
			else {
				stream(socket);
			}
		}); RawServer second = RawServer.start((socket, request) -> stream(socket))) {
			RawService.run(List.of(first, second), (client, context) -> {
				EasService service = RawService.service(context);
				List<Disposable> streams = new ArrayList<>();
				await().atMost(PATIENCE).until(() -> {
					streams.add(client.get("").retrieveFlux(String.class).subscribe());
					return service.selector().ejected(service.cache().current()) == 1;
				});
				failing.set(false);
				await().atMost(PATIENCE).until(() -> {
					streams.add(client.get("").retrieveFlux(String.class).subscribe());
					return service.selector().ejected(service.cache().current()) == 0;
				});
				streams.forEach(Disposable::dispose);
			}, "eas.ejection.base-time=300ms", "eas.http.max-connections-per-instance=500");
		}
	}

	/** One event, and no end. */
	private static void stream(Socket socket) throws IOException {
		RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n");
		socket.getInputStream().read();
	}

	private static List<Throwable> failures(EasClient client, int calls) {
		return Flux.range(0, calls)
			.flatMap((i) -> client.post("")
				.body("[1]")
				.retrieve(String.class)
				.then(Mono.<Throwable>empty())
				.onErrorResume(Mono::just), CALLERS)
			.collectList()
			.block(PATIENCE);
	}

	private static EmulatedInstance instance(EasEmulator eas, int index) {
		return eas.service("echo").instance(index);
	}

	private static void fail(EmulatedInstance instance, String fault) {
		switch (fault) {
			case "refuse" -> instance.refuse();
			case "reset" -> instance.reset();
			default -> instance.status(Integer.parseInt(fault));
		}
	}

}
