package io.eas.service;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasStartupException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.codec.StringDecoder;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.codec.ClientCodecConfigurer;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * All services of an application. Thread-safe, except for start and stop, which must be
 * called by one thread at a time.
 */
public final class EasServices implements EasClients {

	private static final Log log = LogFactory.getLog(EasServices.class);

	private static final int TAKING_SECONDS = 5;

	private static final int LOOK_MILLIS = 10;

	/**
	 * The number of consecutive checks without a call in flight after which a drain is
	 * complete.
	 */
	private static final int LOOKS = 2;

	/**
	 * The number of consecutive checks without a call in flight after which a drain is
	 * complete while finite tasks are running. It is larger because each task may make
	 * another call.
	 */
	private static final int LOOKS_AT_TASKS = 100;

	private final Map<String, EasService> services;

	private final Supplier<RestClient.Builder> restClients;

	private final Supplier<WebClient.Builder> webClients;

	private final Runnable end;

	private volatile boolean closed;

	/** The number of refused calls that have been logged already. */
	private volatile long told;

	/**
	 * Creates the collection of services.
	 * @param services the services, in the order of the configuration
	 */
	public EasServices(Collection<EasService> services) {
		this(services, RestClient::builder, WebClient::builder, () -> {
		});
	}

	/**
	 * Creates the collection of services. The resources that only these services use are
	 * released when the collection is closed.
	 * @param services the services, in the order of the configuration
	 * @param restClients creates the builder of each {@code RestClient}
	 * @param webClients creates the builder of each {@code WebClient}
	 * @param end releases the resources; called by {@link #close}
	 */
	public EasServices(Collection<EasService> services, Supplier<RestClient.Builder> restClients,
			Supplier<WebClient.Builder> webClients, Runnable end) {
		Map<String, EasService> byName = new LinkedHashMap<>();
		services.forEach((service) -> byName.put(service.name(), service));
		this.services = Collections.unmodifiableMap(byName);
		this.restClients = restClients;
		this.webClients = webClients;
		this.end = end;
	}

	@Override
	public EasClient get(String alias) {
		return service(alias).client();
	}

	@Override
	public RestClient restClient(String alias) {
		return this.restClients.get().requestFactory(requestFactory(alias)).baseUrl("http://" + alias).build();
	}

	@Override
	public WebClient webClient(String alias) {
		WebClient.Builder builder = this.webClients.get().baseUrl("http://" + alias);
		configure(alias, builder);
		return builder.build();
	}

	/**
	 * Makes the {@code WebClient}s of a builder call the service with an alias. They read
	 * values of up to {@code http.max-in-memory-size}, unless the codecs of the builder
	 * already have a limit.
	 * @param alias the name under {@code eas.services}
	 * @param builder the builder
	 * @throws IllegalArgumentException if there is no such service
	 */
	public void configure(String alias, WebClient.Builder builder) {
		int limit = (int) service(alias).client().settings().http().maxInMemorySize().toBytes();
		builder.clientConnector(connector(alias)).codecs((codecs) -> {
			if (!hasLimit(codecs)) {
				codecs.defaultCodecs().maxInMemorySize(limit);
			}
		});
	}

	/**
	 * Returns whether a limit is set. Spring shows the limit only to registered codecs,
	 * so a codec is registered with a copy of the configurer.
	 */
	private static boolean hasLimit(ClientCodecConfigurer codecs) {
		AtomicBoolean set = new AtomicBoolean();
		ClientCodecConfigurer copy = codecs.clone();
		copy.customCodecs()
			.registerWithDefaultConfig(StringDecoder.allMimeTypes(),
					(config) -> set.set(config.maxInMemorySize() != null));
		copy.getReaders();
		return set.get();
	}

	@Override
	public ClientHttpRequestFactory requestFactory(String alias) {
		return service(alias).client().requestFactory();
	}

	@Override
	public ClientHttpConnector connector(String alias) {
		return service(alias).client().connector();
	}

	/**
	 * Returns the service with an alias.
	 * @param alias the name under {@code eas.services}
	 * @return the service
	 * @throws IllegalArgumentException if there is no such service; the message names the
	 * existing services
	 */
	public EasService service(String alias) {
		EasService service = find(alias);
		if (service == null) {
			throw new IllegalArgumentException("There is no EAS service '" + alias
					+ "'. The services under eas.services are " + this.services.keySet());
		}
		return service;
	}

	/**
	 * Finds the service with an alias.
	 * @param alias the name under {@code eas.services}
	 * @return the service, or null if there is none
	 */
	public @Nullable EasService find(String alias) {
		return this.services.get(alias);
	}

	/**
	 * Returns all services.
	 * @return the services, in the order of the configuration
	 */
	public Collection<EasService> all() {
		return this.services.values();
	}

	@Override
	public Set<String> names() {
		return this.services.keySet();
	}

	/**
	 * Starts all services, then blocks until they have their first lists, as configured
	 * for each service.
	 * @throws EasStartupException if a service that must have instances has none
	 */
	public void start() {
		long started = System.nanoTime();
		this.closed = false;
		this.told = 0;
		this.services.values().forEach(EasService::start);
		this.services.values().forEach((service) -> service.awaitFirstList(started));
	}

	/**
	 * Waits for the calls in flight, then terminates the remaining ones and closes all
	 * connections. While calls are in flight, new calls are accepted, so that a sequence
	 * of calls can be completed. This period ends after at most {@value #TAKING_SECONDS}
	 * s, unless finite tasks are running, which make a limited number of calls. After the
	 * period, new calls fail. Blocks.
	 * @param longest the maximum time to wait
	 * @param tasks returns whether finite tasks are running; such a task may be between
	 * two calls
	 */
	public void drain(Duration longest, BooleanSupplier tasks) {
		long begun = System.nanoTime();
		long end = begun + longest.toNanos();
		long taking = begun + Math.min(longest.toNanos(), TimeUnit.SECONDS.toNanos(TAKING_SECONDS));
		long calls = inFlight();
		try {
			await(tasks, () -> System.nanoTime() - (tasks.getAsBoolean() ? end : taking) < 0);
			this.services.values().forEach((service) -> service.admission().refuse());
			await(() -> false, () -> System.nanoTime() - end < 0);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.services.values().forEach((service) -> service.admission().refuse());
		long left = inFlight();
		if (left > 0) {
			log.warn(calls(calls) + " in flight at the stop, and " + left + ((left == 1) ? " is" : " are")
					+ " ended now, after " + seconds(begun));
		}
		else if (calls > 0) {
			log.info(calls(calls) + " in flight at the stop, and all have ended after " + seconds(begun));
		}
		this.services.values().forEach(EasService::disconnect);
	}

	/**
	 * Waits until two consecutive checks find no call in flight, since a call may be
	 * followed by another one. While finite tasks are running, it waits until no call has
	 * been in flight for one second.
	 */
	private void await(BooleanSupplier tasks, BooleanSupplier inTime) throws InterruptedException {
		int quiet = 0;
		while (quiet < (tasks.getAsBoolean() ? LOOKS_AT_TASKS : LOOKS) && inTime.getAsBoolean()) {
			TimeUnit.MILLISECONDS.sleep((quiet > 0 || inFlight() > 0) ? LOOK_MILLIS : 0);
			quiet = (inFlight() == 0) ? quiet + 1 : 0;
		}
	}

	private static String calls(long number) {
		return (number == 1) ? "1 call was" : number + " calls were";
	}

	private long inFlight() {
		return this.services.values().stream().mapToLong(EasService::inFlight).sum();
	}

	private static String seconds(long begun) {
		return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begun) / 1e9);
	}

	/** Stops the polls of all services. Calls can still be made, with the last lists. */
	public void stop() {
		this.services.values().forEach(EasService::stop);
	}

	@Override
	public void close() {
		this.closed |= this.services.values().stream().noneMatch((service) -> service.admission().isRefusing());
		this.services.values().forEach((service) -> service.admission().refuseAsClosed());
		shutDown();
	}

	/**
	 * Closes all services at the end of the application, like {@link #close}, but without
	 * marking the clients as closed by the user.
	 */
	public void shutDown() {
		long refused = this.services.values().stream().mapToLong((service) -> service.admission().refused()).sum();
		if (refused > this.told) {
			log.warn(calls(refused - this.told) + " refused: " + (this.closed ? "EasClients was already closed"
					: "the shutdown had already finished waiting for calls"));
			this.told = refused;
		}
		try {
			this.services.values().forEach(EasService::close);
		}
		finally {
			this.end.run();
		}
	}

}
