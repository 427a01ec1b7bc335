package io.eas.emulator;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.eas.emulator.net.Answer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.databind.json.JsonMapper;

/**
 * The admin interface: paths, and errors as JSON. What is done is done off the event
 * loop, because starting and ending processes blocks.
 *
 * @param actions what can be done
 * @param scheduler where it is done
 */
record AdminServer(AdminActions actions, Scheduler scheduler) {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String SERVICE = "/services/{service}";

	private static final String INSTANCES = SERVICE + "/instances";

	private static final String PATHS = "GET /services, POST " + SERVICE + "/scale?instances=, POST " + SERVICE
			+ "/restart, POST " + SERVICE + "/rollout, POST " + INSTANCES + ", DELETE " + INSTANCES + "/{index}, PUT "
			+ INSTANCES + "/{index}/weight?value=, POST " + INSTANCES + "/{index}/{action}, POST /discovery/{action}";

	HttpServerRoutes routes() {
		return HttpServerRoutes.newRoutes()
			.get("/services", json(this.actions::services))
			.post(SERVICE + "/scale", json(this.actions::scale))
			.post(SERVICE + "/restart", json(this.actions::restart))
			.post(SERVICE + "/rollout", json(this.actions::rollout))
			.post(INSTANCES, json(this.actions::add))
			.delete(INSTANCES + "/{index}", json(this.actions::remove))
			.put(INSTANCES + "/{index}/weight", json(this.actions::setWeight))
			.post(INSTANCES + "/{index}/{action}", json(this.actions::onInstance))
			.post("/discovery/{action}", json(this.actions::onDiscovery))
			.route((any) -> true, (request, response) -> send(response, unknown(request)));
	}

	private BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> json(
			Function<AdminRequest, Object> action) {
		return (request, response) -> done(action, new AdminRequest(request))
			.flatMap((answer) -> send(response, answer));
	}

	/**
	 * What was begun is done to its end, also if nobody waits for the answer any more.
	 */
	private Mono<EmulatedResponse> done(Function<AdminRequest, Object> action, AdminRequest request) {
		CompletableFuture<EmulatedResponse> answer = CompletableFuture
			.supplyAsync(() -> EmulatedResponse.json(200, JSON.writeValueAsString(action.apply(request))),
					this.scheduler::schedule)
			.exceptionally((ex) -> failed((ex instanceof CompletionException) ? ex.getCause() : ex));
		return Mono.fromFuture(answer, true);
	}

	private static EmulatedResponse failed(@Nullable Throwable ex) {
		int status = (ex instanceof AdminActions.NothingThere) ? 404
				: (ex instanceof IllegalArgumentException) ? 400 : (ex instanceof IllegalStateException) ? 409 : 500;
		return Errors.json(status, (ex != null) ? String.valueOf(ex.getMessage()) : "failed");
	}

	private static EmulatedResponse unknown(HttpServerRequest request) {
		return Errors.json(404, "nothing at " + request.method() + " " + request.uri() + ", but " + PATHS);
	}

	private static Mono<Void> send(HttpServerResponse response, EmulatedResponse answer) {
		return HandlerBackend.write(answer, Answer.streaming(response));
	}

}
