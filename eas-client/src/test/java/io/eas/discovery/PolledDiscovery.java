package io.eas.discovery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.eas.instance.InstanceList;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Poller, cache and discovery of one service over real sockets, where the waits between
 * polls, and the time limit of a poll, pass when the test says so.
 */
final class PolledDiscovery implements PollListener, AutoCloseable {

	static final String DOCUMENTED_PATH = "/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/mnist";

	static final String NEWER_PATH = "/api/v1/servicediscovery/upstreams/mnist";

	static final Duration TIMEOUT = Duration.ofSeconds(3);

	/** After this many turns of 10 ms a request has reached the server. */
	private static final int UNDER_WAY = 10;

	static final int LIMIT = 4 * 1024 * 1024;

	final InstanceCache cache = new InstanceCache(Clock.systemUTC());

	final DiscoveryLog log = new DiscoveryLog("mnist");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final VirtualTimeScheduler limit = VirtualTimeScheduler.create();

	private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

	private final DiscoveryPoller poller;

	PolledDiscovery(String endpoint, String... allowedNetworks) {
		HttpInstanceDiscovery discovery = new HttpInstanceDiscovery(HttpClient.newConnection().baseUrl(endpoint),
				endpoint, List.of(DOCUMENTED_PATH, NEWER_PATH), TIMEOUT, LIMIT,
				AllowedNetworks.of(List.of(allowedNetworks)), this.limit);
		this.poller = new DiscoveryPoller("mnist", discovery, this.cache, new PollSchedule(Duration.ofSeconds(5), 0.2),
				this, this.time, new Random(1));
	}

	/** Starts the loop and waits for its first poll to end. */
	Outcome start() throws InterruptedException {
		this.poller.start();
		return next();
	}

	/** Starts the loop, whose first poll gets no answer. */
	Outcome startWithoutAnswer() throws InterruptedException {
		this.poller.start();
		return nextWithoutAnswer();
	}

	/** Lets time pass until a poll has ended, which gets no answer within its limit. */
	Outcome nextWithoutAnswer() throws InterruptedException {
		return next(TIMEOUT);
	}

	/** Lets time pass until a poll has ended, which takes no time at all. */
	Outcome next() throws InterruptedException {
		return next(Duration.ZERO);
	}

	private Outcome next(Duration duration) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		Outcome outcome = this.outcomes.poll();
		for (int n = 0; outcome == null && System.nanoTime() < deadline; n++) {
			this.time.advanceTimeBy(Duration.ofSeconds(10));
			if (n >= UNDER_WAY) {
				this.limit.advanceTimeBy(duration);
			}
			outcome = this.outcomes.poll(10, TimeUnit.MILLISECONDS);
		}
		if (outcome == null) {
			throw new AssertionError("no poll ended");
		}
		return outcome;
	}

	@Override
	public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
		this.log.succeeded(before, after, rejected);
		this.outcomes.add(new Outcome(before, after, rejected, null));
	}

	@Override
	public void failed(DiscoveryState state) {
		this.log.failed(state);
		this.outcomes.add(new Outcome(state.list(), state.list(), List.of(), state));
	}

	@Override
	public void close() {
		this.poller.stop();
	}

	/**
	 * How a poll ended.
	 *
	 * @param before the list before it
	 * @param after the list after it
	 * @param rejected what was dropped
	 * @param failure the state after a failure, or null after a success
	 */
	record Outcome(@Nullable InstanceList before, @Nullable InstanceList after, List<String> rejected,
			@Nullable DiscoveryState failure) {

	}

}
