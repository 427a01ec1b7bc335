package io.eas.emulator.net;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.ChannelOption;
import io.netty.resolver.DefaultAddressResolverGroup;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The threads and pooled connections of one emulator, which shares neither with the rest
 * of the JVM. The threads are daemons and start with their first task. Thread-safe.
 */
public final class Network implements AutoCloseable {

	private static final int WORKERS = 4;

	// shorter than the keep-alive time of any server, so that a server never closes an
	// idle connection
	// just as a request is sent
	private static final Duration IDLE = Duration.ofSeconds(1);

	// frozen instances keep their connections, so there is no useful limit
	private static final int CONNECTIONS = 100_000;

	private static final Duration END = Duration.ofSeconds(5);

	private final LoopResources loops = LoopResources.create("eas-emulator", LoopResources.DEFAULT_IO_WORKER_COUNT,
			true);

	private final ConnectionProvider connections = ConnectionProvider.builder("eas-emulator")
		.maxConnections(CONNECTIONS)
		.maxIdleTime(IDLE)
		.build();

	private static final int BLOCKED = 16;

	private final Scheduler scheduler = Schedulers.fromExecutorService(workers());

	private final Scheduler blocking = Schedulers.newBoundedElastic(BLOCKED, Integer.MAX_VALUE, "eas-emulator-admin",
			(int) END.toSeconds(), true);

	/**
	 * Returns the event loops for sockets.
	 * @return the event loops, ended by {@link #close()}
	 */
	public LoopResources loops() {
		return this.loops;
	}

	ConnectionProvider connections() {
		return this.connections;
	}

	/**
	 * Creates an HTTP client for servers of this machine, which may violate HTTP. The
	 * client reads one response per request, skips interim responses, and sends nothing
	 * twice.
	 * @param connections the connection pool
	 * @param strictLines whether header lines must end in CR and LF; otherwise LF alone
	 * is accepted, too
	 * @return the client
	 */
	public HttpClient client(ConnectionProvider connections, boolean strictLines) {
		return HttpClient.create(connections)
			.runOn(this.loops)
			.resolver(DefaultAddressResolverGroup.INSTANCE)
			.disableRetry(true)
			// with auto-close, a failed write would discard received bytes
			.option(ChannelOption.AUTO_CLOSE, false)
			.doOnChannelInit((observer, channel, remote) -> ExchangeCodec.install(channel, strictLines));
	}

	/**
	 * Returns the scheduler for delays and for tasks that block briefly.
	 * @return the scheduler, ended by {@link #close()}
	 */
	public Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * Returns the scheduler for tasks that may block for minutes.
	 * @return the scheduler, ended by {@link #close()}
	 */
	public Scheduler blocking() {
		return this.blocking;
	}

	/**
	 * Closes pooled connections and ends all threads; blocks until they have ended.
	 */
	@Override
	public void close() {
		this.blocking.dispose();
		this.scheduler.dispose();
		this.connections.disposeLater().block(END);
		this.loops.disposeLater(Duration.ZERO, END).block(END);
	}

	private static ScheduledThreadPoolExecutor workers() {
		AtomicInteger count = new AtomicInteger();
		ScheduledThreadPoolExecutor workers = new ScheduledThreadPoolExecutor(WORKERS, (task) -> {
			Thread thread = new Thread(task, "eas-emulator-worker-" + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
		workers.setRemoveOnCancelPolicy(true);
		return workers;
	}

}
