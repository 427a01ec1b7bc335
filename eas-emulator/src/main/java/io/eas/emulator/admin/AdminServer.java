package io.eas.emulator.admin;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.eas.emulator.net.ResponseWriter;
import io.eas.emulator.net.WireResponse;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * The HTTP handler of the admin interface: runs the action of the request's route, sends
 * results and errors as JSON, and serves the web page. Actions run off the event loop,
 * because starting and ending processes blocks.
 *
 * @param routes all routes; the first one that matches is used
 * @param feed the updates for the page
 * @param scheduler the scheduler that runs the actions
 */
public record AdminServer(List<AdminRoute> routes, AdminFeed feed, Scheduler scheduler) {

	/**
	 * Copies the routes.
	 */
	public AdminServer {
		routes = List.copyOf(routes);
	}

	/**
	 * Returns the handler for the HTTP server.
	 * @return a handler of all requests
	 */
	public BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler() {
		HttpServerRoutes handler = HttpServerRoutes.newRoutes();
		this.routes.forEach((route) -> add(route, handler));
		AdminPage.all()
			.forEach((file) -> handler.get(file.path(), (request, response) -> send(response, file::response)));
		handler.get("/events",
				(request, response) -> response.sse().send(this.feed.serverSentEvents(), (each) -> true));
		handler.route((any) -> true, (request, response) -> send(response, unknown(request)));
		return (request, response) -> {
			String refusal = AdminAccess.refusal(request);
			return (refusal != null) ? send(response, WireResponse.error(403, refusal))
					: handler.apply(request, response);
		};
	}

	private void add(AdminRoute route, HttpServerRoutes handler) {
		BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> json = (request, response) -> send(response,
				() -> WireResponse.json(200, route.action().apply(new AdminRequest(request))));
		switch (route.method()) {
			case GET -> handler.get(route.path(), json);
			case POST -> handler.post(route.path(), json);
			case PUT -> handler.put(route.path(), json);
			case DELETE -> handler.delete(route.path(), json);
		}
	}

	/**
	 * Runs an action, which continues even if the caller disconnects.
	 */
	private Mono<Void> send(HttpServerResponse response, Supplier<WireResponse> action) {
		CompletableFuture<WireResponse> answer = CompletableFuture.supplyAsync(action, this.scheduler::schedule)
			.exceptionally((ex) -> failed((ex instanceof CompletionException) ? ex.getCause() : ex));
		return Mono.fromFuture(answer, true).flatMap((done) -> send(response, done));
	}

	private static WireResponse failed(@Nullable Throwable ex) {
		int status = (ex instanceof NotFoundException) ? 404
				: (ex instanceof IllegalArgumentException) ? 400 : (ex instanceof IllegalStateException) ? 409 : 500;
		return WireResponse.error(status, (ex != null) ? String.valueOf(ex.getMessage()) : "failed");
	}

	private WireResponse unknown(HttpServerRequest request) {
		return WireResponse.error(404, "nothing at " + request.method() + " " + request.uri() + "; there is "
				+ this.routes.stream().map(Objects::toString).collect(Collectors.joining(", ")));
	}

	private static Mono<Void> send(HttpServerResponse response, WireResponse answer) {
		return answer.write(ResponseWriter.streaming(response));
	}

}
