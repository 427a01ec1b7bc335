package io.eas.sample.app.local;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedService;
import io.eas.emulator.lifecycle.StateText;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Endpoints with which the page lists the instances of the local EAS and kills one of
 * them. They exist only if the application runs the local EAS itself.
 */
@RestController
@Profile("local")
class LocalInstancesController {

	/** A header that pages of other origins can't send. */
	private static final String HEADER = "X-Sample-Page";

	/**
	 * The host names that a request may use. A foreign page whose own host name is
	 * resolved to this machine (DNS rebinding) sends requests with that host name, so
	 * they are refused.
	 */
	private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

	private static final Duration PERIOD = Duration.ofMillis(500);

	private final EasEmulator localEas;

	private final EmulatedService service;

	private final Sinks.Empty<Void> closing = Sinks.empty();

	LocalInstancesController(EasEmulator localEas, @Value("${eas.services.mnist.service-name}") String serviceName) {
		this.localEas = localEas;
		this.service = localEas.service(serviceName);
	}

	/** Ends the streams, since a graceful shutdown would wait for them. */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closing.tryEmitEmpty();
	}

	@GetMapping(path = "/local/instances", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<Shown> instances() {
		return Flux.interval(Duration.ZERO, PERIOD)
			.onBackpressureDrop()
			.map((tick) -> shown())
			.distinctUntilChanged()
			.takeUntilOther(this.closing.asMono());
	}

	private Shown shown() {
		return new Shown("http://127.0.0.1:" + this.localEas.adminPort() + "/",
				this.service.instances().stream().map(ShownInstance::of).toList());
	}

	/**
	 * Kills the instance with the given name. The page sends no index, because an index
	 * could refer to another instance by the time the request arrives.
	 */
	@PostMapping("/local/instances/{name}/kill")
	Mono<Void> kill(@PathVariable String name, @RequestHeader(HEADER) String page, @RequestHeader HttpHeaders headers) {
		InetSocketAddress host = headers.getHost();
		if (host == null || !HOSTS.contains(host.getHostString())) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN,
					"The header Host must be localhost or 127.0.0.1, since only this machine may kill an instance.");
		}
		return Mono.<Void>fromRunnable(() -> instance(name).kill()).subscribeOn(Schedulers.boundedElastic());
	}

	private EmulatedInstance instance(String name) {
		List<EmulatedInstance> instances = this.service.instances();
		return instances.stream()
			.filter((instance) -> instance.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no instance " + name
					+ "; the instances are " + instances.stream().map(EmulatedInstance::name).toList() + "."));
	}

	/**
	 * The data of one event.
	 *
	 * @param page the address of the page of the local EAS
	 * @param instances the instances, in the order of their indices
	 */
	record Shown(String page, List<ShownInstance> instances) {

	}

	/**
	 * An instance.
	 *
	 * @param name the name of the instance
	 * @param address the host and port of the instance
	 * @param state the current state
	 * @param listed whether discovery lists the instance
	 */
	record ShownInstance(String name, String address, String state, boolean listed) {

		static ShownInstance of(EmulatedInstance instance) {
			String state = instance.lifecycle()
				.map((life) -> StateText.of(life.state().phase()))
				.orElseGet(() -> instance.state().name().toLowerCase(Locale.ROOT));
			return new ShownInstance(instance.name(), instance.address(), state, instance.listed());
		}

	}

}
