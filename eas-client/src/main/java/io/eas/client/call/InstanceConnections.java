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
 * The connections to one instance. Requests of the same method and target share all that
 * Reactor Netty is configured with for them: what differs from attempt to attempt is in
 * the {@link AttemptExecution}, which comes along in the context. So an attempt costs
 * none of the copies that a client makes of its configuration for each request.
 * Thread-safe.
 */
final class InstanceConnections {

	/** Applications that make up paths don't make this grow. */
	private static final int MOST = 64;

	private final HttpClient client;

	private final ConnectionProvider pool;

	private final InstanceChannels channels;

	private final int limit;

	/** Those of targets with a query are not kept. */
	private final Map<String, Prepared> byTarget = new ConcurrentHashMap<>();

	/**
	 * No connections yet.
	 * @param client makes connections to the instance
	 * @param pool keeps them, and no others
	 * @param channels has them all
	 * @param limit the largest answer, in bytes
	 */
	InstanceConnections(HttpClient client, ConnectionProvider pool, InstanceChannels channels, int limit) {
		this.client = client;
		this.pool = pool;
		this.channels = channels;
		this.limit = limit;
	}

	/** Sends the request of an attempt, and tells the attempt how it ends. */
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
		return (attempt.isStreamed() && Answer.isSuccess(response.status().code()))
				? new StreamReader(attempt, response, connection)
				: new AnswerReader(attempt, response, connection, this.limit);
	}

	/** Closes what is idle, and has the others closed once they have their answers. */
	void closeOnceIdle() {
		this.channels.closeOnceIdle();
	}

	/** Closes what has been idle for that many nanoseconds. */
	void closeIdle(long nanos) {
		this.channels.closeIdle(nanos);
	}

	/** Moves the attempts elsewhere that have waited for longer, in nanoseconds. */
	void moveWaiting(long longest) {
		this.channels.forEachRequest((context) -> AttemptExecution.of(context).move(longest));
	}

	/** Ends the attempts under way. */
	void stopAll() {
		this.channels.forEachRequest((context) -> AttemptExecution.of(context).stop());
	}

	/**
	 * Closes the connections, each as soon as no call uses it.
	 */
	void dispose() {
		this.pool.dispose();
	}

	/**
	 * Requests of one kind.
	 *
	 * @param method the method of all of them
	 * @param answer sends one for each subscriber
	 */
	private record Prepared(HttpMethod method, Flux<Answer> answer) {
	}

}
