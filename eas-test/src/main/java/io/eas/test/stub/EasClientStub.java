package io.eas.test.stub;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eas.client.EasClient;
import io.eas.client.EasException;
import io.eas.client.EasRequest;
import io.eas.client.codec.BodyCodecs;
import io.eas.instance.EasInstance;
import io.eas.settings.Assert;

import org.springframework.http.HttpMethod;
import org.springframework.http.codec.ClientCodecConfigurer;

/**
 * A client for unit tests. It needs no network. It answers the requests to each path as
 * the test specifies, and records all requests. Bodies are encoded and decoded by
 * Spring's codecs, as in a real client, so a test also covers the JSON form of a class.
 * It rejects the headers that a client with a token rejects. There are no retries, and
 * time limits and hash keys have no effect. Thread-safe.
 *
 * <pre class="code">
 * EasClientStub mnist = new EasClientStub("mnist");
 * mnist.when("").answer(new Digit(7, 0.9));
 *
 * assertThat(new Digits(mnist).classify(image)).isEqualTo(7);
 * assertThat(mnist.requests()).hasSize(1);
 * </pre>
 *
 * <p>
 * A request for which the test has specified no answer fails with an
 * {@link IllegalStateException}. So code that handles an {@link EasException} doesn't
 * treat the missing answer as a failure of the model.
 */
public final class EasClientStub implements EasClient {

	/**
	 * An address in a network that is reserved for documentation (RFC 5737), so no host
	 * has this address.
	 */
	private static final EasInstance INSTANCE = EasInstance.parse("192.0.2.1:80");

	private static final int LONGEST_EVENT = 1 << 24;

	private final String alias;

	private final BodyCodecs codecs;

	private final Map<String, StubbedAnswers> answers = new ConcurrentHashMap<>();

	private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

	/**
	 * Creates a client without answers, with Spring's default codecs.
	 * @param alias the alias of the service
	 */
	public EasClientStub(String alias) {
		this(alias, ClientCodecConfigurer.create());
	}

	/**
	 * Creates a client without answers.
	 * @param alias the alias of the service
	 * @param codecs the codecs of bodies, for applications that configure Jackson
	 */
	public EasClientStub(String alias, ClientCodecConfigurer codecs) {
		this.alias = alias;
		this.codecs = new BodyCodecs(codecs, LONGEST_EVENT);
	}

	@Override
	public String name() {
		return this.alias;
	}

	@Override
	public EasRequest method(HttpMethod method, String path) {
		return new StubbedRequest(this, this.codecs, method, checked(path));
	}

	private static String checked(String path) {
		if (!Assert.notNull("path", path).isEmpty() && path.charAt(0) != '/') {
			throw new IllegalArgumentException("The path must start with a slash, was '" + path + "'");
		}
		if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
			throw new IllegalArgumentException(
					"The path must not hold a query or a fragment, was '" + path + "'; use query(name, value)");
		}
		return path;
	}

	/**
	 * Specifies the answers to the requests to a path, whatever their method. Replaces
	 * all earlier answers for this path.
	 * @param path the path below the prefix of the service; empty for the prefix itself,
	 * which {@code predict} calls
	 * @return the answers, to be completed
	 * @throws IllegalArgumentException if a request can't have such a path
	 */
	public StubbedAnswers when(String path) {
		StubbedAnswers replaced = new StubbedAnswers();
		this.answers.put(checked(path), replaced);
		return replaced;
	}

	/**
	 * Returns the requests so far.
	 * @return a copy, in order, with one request for each subscription
	 */
	public List<RecordedRequest> requests() {
		return List.copyOf(this.requests);
	}

	/** Forgets all requests and answers. */
	public void reset() {
		this.answers.clear();
		this.requests.clear();
	}

	/** Records a request and returns its answer. */
	StubbedAnswer answer(RecordedRequest request) {
		this.requests.add(request);
		StubbedAnswers found = this.answers.get(request.path());
		StubbedAnswer next = (found != null) ? found.next() : null;
		if (next == null) {
			String remedy = (found != null)
					? "; complete when(\"" + request.path() + "\") with answer(body) or another method"
					: ", only to " + new TreeMap<>(this.answers).keySet() + "; add one with when(path)";
			throw new IllegalStateException("The stub of " + this.alias + " has no answer to " + request.method() + " '"
					+ request.path() + "'" + remedy);
		}
		return next;
	}

	/** Returns the only attempt of each call. */
	EasException.Attempt attempt() {
		return new EasException.Attempt(this.alias, INSTANCE);
	}

	EasInstance instance() {
		return INSTANCE;
	}

	@Override
	public String toString() {
		return "stub of the EAS service " + this.alias;
	}

}
