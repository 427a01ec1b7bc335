package io.eas.emulator;

import org.reactivestreams.Publisher;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

record AdminServer(EasEmulator emulator, Scheduler scheduler) {

	HttpServerRoutes routes() {
		return HttpServerRoutes.newRoutes().route((any) -> true, this::unknown);
	}

	private Publisher<Void> unknown(HttpServerRequest request, HttpServerResponse response) {
		return Gateway.refuse(response, 404, "nothing at " + request.uri());
	}

}
