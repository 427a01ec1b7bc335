package io.eas.client.call;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.eas.http.Answer;
import io.eas.http.InstanceChannels;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * The connections to one instance. Requests with the same method and target share one
 * configuration of Reactor Netty; everything that differs between attempts is in the
 * {@link AttemptExecution}, which is passed in the Reactor context. So an attempt avoids
 * the copies of its configuration that an {@code HttpClient} makes for each request.
 * Thread-safe.
 */
final class InstanceConnections {

	/**
	 * Maximum number of prepared requests. Limits the memory in applications whose paths
	 * are generated.
	 */
	private static final int MOST = 64;

	private final HttpClient client;

	private final ConnectionProvider pool;

	private final InstanceChannels channels;

	private final int limit;

	/** Prepared requests by target; targets with a query are not kept. */
	private final Map<String, Prepared> byTarget = new ConcurrentHashMap<>();

	/**
	 * Creates the object before any connection is open.
	 * @param client opens connections to the instance
	 * @param pool the pool that holds only these connections
	 * @param channels all connections to the instance
	 * @param limit the maximum size of a response body, in bytes
	 */
	InstanceConnections(HttpClient client, ConnectionProvider pool, InstanceChannels channels, int limit) {
		this.client = client;
		this.pool = pool;
		this.channels = channels;
		this.limit = limit;
	}

	/** Sends the request of an attempt and signals the result to the attempt. */
	void send(AttemptExecution attempt) {
		prepared(attempt.call().method(), attempt.call().target()).answer().subscribe(attempt);
	}

	private Prepared prepared(HttpMethod method, String target) {
		Prepared known = this.byTarget.get(target);
		if (known != null && known.method().equals(method)) {
			return known;
		}
		Prepared created = new Prepared(method, answer(method, target));
		if (this.byTarget.size() < MOST && target.indexOf('?') < 0) {
			this.byTarget.putIfAbsent(target, created);
		}
		return created;
	}

	private Flux<Answer> answer(HttpMethod method, String target) {
		return this.client.request(method)
			.uri(target)
			.send((request, outbound) -> AttemptExecution.of(request.currentContextView()).write(request, outbound))
			.responseConnection((response, connection) -> reader(AttemptExecution.of(response.currentContextView()),
					response, connection));
	}

	private Flux<Answer> reader(AttemptExecution attempt, HttpClientResponse response, Connection connection) {
		return (attempt.call().reader().streamsBody() && Answer.isSuccess(response.status().code()))
				? new AnswerStream(attempt, response, connection)
				: new AnswerReader(attempt, response, connection, this.limit);
	}

	/**
	 * Closes idle connections immediately and all other connections after their
	 * responses.
	 */
	void closeOnceIdle() {
		this.channels.closeOnceIdle();
	}

	/**
	 * Closes connections that have been idle for at least the given time, in nanoseconds.
	 */
	void closeIdle(long nanos) {
		this.channels.closeIdle(nanos);
	}

	/**
	 * Moves attempts that have waited longer than the given time, in nanoseconds, to
	 * other instances.
	 */
	void moveWaiting(long longest) {
		this.channels.forEachRequest((context) -> AttemptExecution.of(context).move(longest));
	}

	/** Ends the attempts in flight. */
	void stopAll() {
		this.channels.forEachRequest((context) -> AttemptExecution.of(context).stop());
	}

	/**
	 * Closes each connection as soon as no call uses it any longer.
	 */
	void dispose() {
		this.pool.dispose();
	}

	/**
	 * A prepared request.
	 *
	 * @param method the HTTP method
	 * @param answer sends one request per subscription
	 */
	private record Prepared(HttpMethod method, Flux<Answer> answer) {
	}

}
