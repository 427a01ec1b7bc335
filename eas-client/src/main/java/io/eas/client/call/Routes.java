package io.eas.client.call;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The ways to one instance, by path. Those of paths with a query are not kept.
 * Thread-safe.
 */
final class Routes {

	/** Applications that make up paths don't make this grow. */
	private static final int MOST = 64;

	private final HttpClient client;

	private final ConnectionProvider pool;

	private final int limit;

	private final Map<String, Route> byTarget = new ConcurrentHashMap<>();

	/**
	 * No ways yet.
	 * @param client makes connections to the instance
	 * @param pool keeps them, and no others
	 * @param limit the largest answer, in bytes
	 */
	Routes(HttpClient client, ConnectionProvider pool, int limit) {
		this.client = client;
		this.pool = pool;
		this.limit = limit;
	}

	/**
	 * The way of requests with this method and this target, their path with its query.
	 */
	Route to(HttpMethod method, String target) {
		@Nullable Route known = this.byTarget.get(target);
		if (known != null && known.serves(method, target)) {
			return known;
		}
		Route created = new Route(this.client, method, target, this.limit);
		if (this.byTarget.size() < MOST && target.indexOf('?') < 0) {
			this.byTarget.putIfAbsent(target, created);
		}
		return created;
	}

	/**
	 * Closes the connections, each as soon as no call uses it.
	 */
	void dispose() {
		this.pool.dispose();
	}

}
