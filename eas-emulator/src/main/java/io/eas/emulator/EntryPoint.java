package io.eas.emulator;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.netty.handler.codec.http.QueryStringDecoder;
import org.reactivestreams.Publisher;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The port that applications know as the endpoint: discovery on both its paths, and the
 * gateway.
 *
 * @param services by name
 * @param discovery the discovery API
 * @param gateway the gateway
 * @param scheduler where time passes
 */
record EntryPoint(Map<String, EmulatedService> services, EmulatedDiscovery discovery, Gateway gateway,
		Scheduler scheduler) {

	private static final List<String> DISCOVERY = List.of("/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/",
			"/api/v1/servicediscovery/upstreams/");

	private static final String PREDICT = "/api/predict/";

	Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		String path;
		try {
			path = new QueryStringDecoder(request.uri()).path();
		}
		catch (IllegalArgumentException ex) {
			return Gateway.refuse(response, 400, "the path can't be decoded: " + ex.getMessage());
		}
		for (String prefix : DISCOVERY) {
			if (path.startsWith(prefix)) {
				return this.discovery.handle(
						new DiscoveryExchange(path.substring(prefix.length()), this::find, response, this.scheduler));
			}
		}
		if (!path.startsWith(PREDICT)) {
			return Gateway.refuse(response, 404, "neither a path of discovery nor of the gateway: " + path);
		}
		return predict(path.substring(PREDICT.length()), request, response);
	}

	private Publisher<Void> predict(String target, HttpServerRequest request, HttpServerResponse response) {
		Optional<EmulatedService> service = addressed(target);
		return service.isPresent() ? this.gateway.handle(service.get(), request, response)
				: Gateway.refuse(response, 404, "there is no service at /api/predict/" + target);
	}

	private Optional<EmulatedService> find(String name) {
		return Optional.ofNullable(this.services.get(name));
	}

	/** A name may contain slashes: of two that fit, the longer is meant. */
	private Optional<EmulatedService> addressed(String target) {
		return this.services.values()
			.stream()
			.filter((service) -> (target + "/").startsWith(service.name() + "/"))
			.max(Comparator.comparingInt((service) -> service.name().length()));
	}

}
