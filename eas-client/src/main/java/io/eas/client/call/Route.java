package io.eas.client.call;

import io.eas.http.Answer;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * The way of one kind of request to one instance. Put together once: what differs from
 * attempt to attempt is in the {@link Exchange}, which comes along in the context. So an
 * attempt costs none of the copies that a client makes of its configuration for each
 * request. Thread-safe.
 */
final class Route {

	private final HttpMethod method;

	private final String target;

	private final int limit;

	private final Flux<Answer> answer;

	/**
	 * A way to an instance.
	 * @param client makes connections to the instance
	 * @param method the HTTP method
	 * @param target the path with its query
	 * @param limit the largest answer, in bytes
	 */
	Route(HttpClient client, HttpMethod method, String target, int limit) {
		this.method = method;
		this.target = target;
		this.limit = limit;
		this.answer = client.request(method)
			.uri(target)
			.send((request, outbound) -> Exchange.of(request.currentContextView()).write(request, outbound))
			.responseConnection(
					(response, connection) -> reader(Exchange.of(response.currentContextView()), response, connection));
	}

	private Flux<Answer> reader(Exchange exchange, HttpClientResponse response, Connection connection) {
		return (exchange.isStreamed() && Answer.isSuccess(response.status().code()))
				? new StreamReader(exchange, response, connection)
				: new AnswerReader(exchange, response, connection.inbound().receiveObject(), this.limit);
	}

	/** Whether requests with this method and this target go this way. */
	boolean serves(HttpMethod otherMethod, String otherTarget) {
		return this.method.equals(otherMethod) && this.target.equals(otherTarget);
	}

	/** Sends the request of an attempt, and tells the attempt how it ends. */
	void send(Exchange exchange) {
		this.answer.subscribe(exchange);
	}

}
