package io.eas.service;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import io.eas.client.auth.Authentication;
import io.eas.client.auth.Authentication.SignedPart;
import io.eas.discovery.InstanceSource;
import io.eas.http.BodyBytes;
import io.eas.http.EncodedBody;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.prefix.EngineLoad;
import io.eas.loadbalancer.prefix.PrefixAware;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

/**
 * Requests the load of the inference engine in each instance periodically, and reports it
 * to the load-balancing algorithm. If an instance doesn't answer within the period, its
 * load counts as unknown. Thread-safe.
 */
final class EngineLoadPoller {

	private static final Log log = LogFactory.getLog(EngineLoadPoller.class);

	private static final int MOST_BYTES = 4 << 20;

	private static final int AT_ONCE = 64;

	private static final String CONTENT_TYPE = "application/octet-stream";

	private final InstanceSource source;

	private final PrefixAware algorithm;

	private final HttpClient client;

	private final Authentication authentication;

	private final String resource;

	private final Duration period;

	private final Scheduler timer;

	/** The instances whose last answer could not be used. */
	private final Set<EasInstance> failing = ConcurrentHashMap.newKeySet();

	private @Nullable Disposable loop;

	/**
	 * Creates a poller without starting it.
	 * @param source the instances
	 * @param algorithm receives the load of the instances
	 * @param client the HTTP client, without a connection pool
	 * @param authentication authenticates the requests
	 * @param resource the path of the metrics
	 * @param period the time between two rounds
	 * @param timer the scheduler for pauses and timeouts
	 */
	EngineLoadPoller(InstanceSource source, PrefixAware algorithm, HttpClient client, Authentication authentication,
			String resource, Duration period, Scheduler timer) {
		this.source = source;
		this.algorithm = algorithm;
		this.client = client;
		this.authentication = authentication;
		this.resource = resource;
		this.period = period;
		this.timer = timer;
	}

	private void authenticate(HttpHeaders headers) {
		headers.set(HttpHeaderNames.CONTENT_TYPE, CONTENT_TYPE);
		this.authentication.prepare(new SignedPart("GET", CONTENT_TYPE, this.resource, EncodedBody.EMPTY))
			.writeTo(headers);
	}

	synchronized void start() {
		if (this.loop == null) {
			this.loop = Mono.defer(this::round)
				.repeatWhen((rounds) -> rounds.concatMap((any) -> Mono.delay(pause(), this.timer)))
				.subscribe();
		}
	}

	synchronized void stop() {
		if (this.loop != null) {
			this.loop.dispose();
			this.loop = null;
		}
	}

	private Duration pause() {
		return Duration.ofNanos((long) (this.period.toNanos() * ThreadLocalRandom.current().nextDouble(0.9, 1.1)));
	}

	private Mono<Void> round() {
		InstanceList list = this.source.current();
		List<EasInstance> instances = (list != null && list.source() != InstanceList.Source.GATEWAY) ? list.instances()
				: List.of();
		this.failing.retainAll(instances);
		return Flux.fromIterable(instances).flatMap(this::refresh, AT_ONCE).then();
	}

	/**
	 * Requests the load of one instance. If the request fails, even because of the
	 * authentication, the next round repeats the request.
	 */
	private Mono<Void> refresh(EasInstance instance) {
		return Mono.defer(() -> ask(instance))
			.timeout(this.period, this.timer)
			.doOnNext((metrics) -> told(instance, metrics))
			.onErrorResume((ex) -> {
				failed(instance, ex.toString());
				return Mono.empty();
			})
			.then();
	}

	private Mono<byte[]> ask(EasInstance instance) {
		return this.client.headers(this::authenticate)
			.get()
			.uri("http://" + instance.address() + this.resource)
			.response((response, body) -> (response.status().code() == HttpResponseStatus.OK.code())
					? BodyBytes.collect(response, body, MOST_BYTES)
					: Mono.error(new IllegalStateException("status " + response.status().code())))
			.next();
	}

	private void told(EasInstance instance, byte[] metrics) {
		EngineLoad load = EngineMetrics.read(metrics);
		if (load == null) {
			failed(instance, "they have neither vllm:num_requests_waiting nor sglang:num_queue_reqs");
		}
		else {
			this.algorithm.report(instance, load);
			this.failing.remove(instance);
		}
	}

	private void failed(EasInstance instance, String reason) {
		this.algorithm.report(instance, null);
		boolean first = this.failing.isEmpty();
		if (this.failing.add(instance) && first) {
			log.warn(this.source.service() + ": the metrics of " + instance.address()
					+ " can't be read, so calls are balanced without them: GET " + this.resource + ": " + reason);
		}
	}

}
