package io.eas.autoconfigure;

import java.time.Duration;
import java.util.stream.IntStream;

import io.eas.client.EasClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * An application that calls from everywhere but a web request, and prints a line for each
 * call that it makes and for how it ends.
 */
public final class DeployedApplication {

	/** What a busy application does in the background. */
	static final int CALLERS = 16;

	static final int STREAMS = 5;

	private DeployedApplication() {
	}

	public static void main(String[] args) {
		Worker worker = SpringApplication.run(Calls.class, args).getBean(Worker.class);
		if (worker.isBusy()) {
			IntStream.range(0, STREAMS).forEach((n) -> worker.stream());
			return;
		}
		worker.callsOneAfterTheOther();
		worker.plainSubscription();
		worker.stream();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableAsync
	@EnableScheduling
	@Import(Worker.class)
	static class Calls {

	}

	static class Worker implements SchedulingConfigurer {

		private final EasClient client;

		private final boolean busy;

		/** How many a task makes. */
		private final int calls;

		Worker(EasClient client, @Value("${busy:false}") boolean busy, @Value("${async.calls:2}") int calls) {
			this.client = client;
			this.busy = busy;
			this.calls = calls;
		}

		boolean isBusy() {
			return this.busy;
		}

		@Override
		public void configureTasks(ScheduledTaskRegistrar registrar) {
			for (int n = 1; this.busy && n < CALLERS; n++) {
				registrar.addFixedDelayTask(this::oneCallAfterTheOther, Duration.ofMillis(1));
			}
		}

		@Async
		public void callsOneAfterTheOther() {
			for (int n = 1; n <= this.calls; n++) {
				tell("async " + n, call());
			}
		}

		@Scheduled(fixedDelayString = "${pause:100}")
		public void oneCallAfterTheOther() {
			tell("scheduled", call());
		}

		void plainSubscription() {
			Flux.range(1, 4)
				.flatMap((n) -> call().onErrorResume((ex) -> Mono.just("FAILED " + ex)))
				.subscribe((answer) -> System.out.println("subscribed " + answer));
		}

		void stream() {
			this.client.post("/stream")
				.retrieveFlux(String.class)
				.collectList()
				.map(String::valueOf)
				.onErrorResume((ex) -> Mono.just("FAILED " + ex))
				.subscribe((answer) -> System.out.println("stream " + answer));
		}

		private Mono<String> call() {
			return this.client.post("").body("[1]").retrieve(String.class);
		}

		private static void tell(String what, Mono<String> call) {
			System.out.println(what + " begun");
			System.out.println(
					what + " " + call.onErrorResume((ex) -> Mono.just("FAILED " + ex)).block(Duration.ofSeconds(30)));
		}

	}

}
