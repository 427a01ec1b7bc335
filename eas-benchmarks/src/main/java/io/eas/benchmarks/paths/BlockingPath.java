package io.eas.benchmarks.paths;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.eas.benchmarks.clients.Application;
import io.eas.benchmarks.clients.Body;
import io.eas.client.EasBlockingClient;
import io.eas.client.EasClient;
import io.eas.client.EasClients;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Makes blocking calls, with a thread per caller.
 */
final class BlockingPath implements CallPath {

	private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

	private final BlockingCall call;

	private final Runnable end;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private BlockingPath(BlockingCall call, Runnable end) {
		this.call = call;
		this.end = end;
	}

	/**
	 * Creates a {@code RestClient} over Reactor Netty that calls the first instance only.
	 */
	static CallPath fixed(List<String> addresses) {
		return new BlockingPath(call(RestClient.builder()
			.requestFactory(new ReactorClientHttpRequestFactory())
			.baseUrl("http://" + addresses.get(0))
			.build()), () -> {
			});
	}

	/** Creates the {@code RestClient} of an alias. */
	static CallPath restClient(List<String> addresses) {
		ConfigurableApplicationContext context = Application.start(CallingApplication.class,
				EasPath.properties(addresses));
		return new BlockingPath(call(context.getBean(EasClients.class).restClient("echo")), context::close);
	}

	/** Creates an {@code EasClient} in its blocking form. */
	static CallPath easClient(List<String> addresses) {
		ConfigurableApplicationContext context = Application.start(CallingApplication.class,
				EasPath.properties(addresses));
		EasBlockingClient client = context.getBean(EasClient.class).blocking();
		return new BlockingPath(() -> client.predict(Body.BYTES, byte[].class), context::close);
	}

	private static BlockingCall call(RestClient client) {
		return () -> client.post()
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.body(Body.BYTES)
			.retrieve()
			.body(byte[].class);
	}

	/** Makes a call. All calls of a caller are made on the same thread. */
	@Override
	public void call(Turn turn) {
		Caller caller = CURRENT.get();
		if (caller != null) {
			caller.next = turn;
		}
		else {
			this.threads.execute(new Caller(turn));
		}
	}

	@Override
	public void close() {
		this.threads.shutdown();
		this.end.run();
	}

	/**
	 * A call that blocks until its response has arrived.
	 */
	@FunctionalInterface
	private interface BlockingCall {

		byte @Nullable [] call();

	}

	/**
	 * Makes the calls of one caller, one after the other.
	 */
	private final class Caller implements Runnable {

		private @Nullable Turn next;

		Caller(Turn first) {
			this.next = first;
		}

		@Override
		public void run() {
			CURRENT.set(this);
			for (Turn turn = this.next; turn != null; turn = this.next) {
				this.next = null;
				byte[] answer = null;
				RuntimeException failure = null;
				try {
					answer = BlockingPath.this.call.call();
				}
				catch (RuntimeException ex) {
					failure = ex;
				}
				turn.accept(answer, failure);
			}
			CURRENT.remove();
		}

	}

}
