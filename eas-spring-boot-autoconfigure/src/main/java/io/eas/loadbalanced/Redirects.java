package io.eas.loadbalanced;

import java.lang.reflect.Field;
import java.net.http.HttpClient;

import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientInfos;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.support.HttpRequestWrapper;
import org.springframework.util.ReflectionUtils;

/**
 * Refuses credentials to clients that may send them to another host. An HTTP library that
 * follows redirects may send all headers of a request to any host that a response names,
 * as {@link HttpClient} does. Reactor Netty and {@link java.net.HttpURLConnection} send
 * no {@code Authorization} to another host. All other libraries are refused, since their
 * behavior is unknown.
 */
final class Redirects {

	private static final String REMEDY = "or add Authorization yourself";

	private Redirects() {
	}

	/**
	 * Checks the library behind a request of a {@code RestClient} or
	 * {@code RestTemplate}. Spring doesn't expose the library to interceptors, so it is
	 * read from private fields. If these fields are missing, the request is refused.
	 * @param alias the alias of the service
	 * @param request the request as an interceptor sees it
	 * @throws IllegalStateException if credentials may reach another host
	 */
	static void requireNone(String alias, HttpRequest request) {
		Object factory = factory(request);
		boolean safe = factory instanceof ReactorClientHttpRequestFactory
				|| factory instanceof SimpleClientHttpRequestFactory
				|| (factory instanceof JdkClientHttpRequestFactory
						&& read(factory, "httpClient") instanceof HttpClient client
						&& client.followRedirects() == HttpClient.Redirect.NEVER);
		if (!safe) {
			throw refusal(alias, factory, "set spring.http.clients.redirects to dont-follow if Spring Boot creates a"
					+ " JdkClientHttpRequestFactory, give the client a ReactorClientHttpRequestFactory, " + REMEDY);
		}
	}

	/**
	 * Checks the library behind a request of a {@code WebClient}.
	 * @param alias the alias of the service
	 * @param request the request of the connector
	 * @throws IllegalStateException if credentials may reach another host
	 */
	static void requireNone(String alias, ClientHttpRequest request) {
		Object library = request.<Object>getNativeRequest();
		if (!(library instanceof HttpClientInfos)) {
			throw refusal(alias, library, "give the client a ReactorClientHttpConnector, " + REMEDY);
		}
	}

	private static IllegalStateException refusal(String alias, @Nullable Object library, String remedy) {
		return new IllegalStateException(alias + ": no credentials are added to the request, since the HTTP library of"
				+ " this client" + ((library != null) ? " (" + library.getClass().getName() + ")" : "")
				+ " may send them to the target of a redirect: " + remedy);
	}

	/**
	 * Returns the factory that creates the request to the instance, or null if the
	 * factory can't be determined.
	 */
	private static @Nullable Object factory(HttpRequest request) {
		HttpRequest original = request;
		while (original instanceof HttpRequestWrapper wrapper) {
			original = wrapper.getRequest();
		}
		Object factory = read(original, "requestFactory");
		while (factory instanceof AbstractClientHttpRequestFactoryWrapper wrapper) {
			factory = wrapper.getDelegate();
		}
		return factory;
	}

	private static @Nullable Object read(Object owner, String name) {
		Field field = ReflectionUtils.findField(owner.getClass(), name);
		if (field == null || !field.trySetAccessible()) {
			return null;
		}
		return ReflectionUtils.getField(field, owner);
	}

}
