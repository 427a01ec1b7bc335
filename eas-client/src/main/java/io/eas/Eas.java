package io.eas;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.eas.client.EasClients;
import io.eas.client.EasStartupException;
import io.eas.metrics.EasListeners;
import io.eas.metrics.EasMeters;
import io.eas.metrics.ObservedService;
import io.eas.metrics.ServiceGauges;
import io.eas.service.EasService;
import io.eas.service.EasServiceFactory;
import io.eas.service.EasServices;
import io.eas.service.EasThreads;
import io.eas.service.ServiceListeners;
import io.eas.service.ServiceSettings;
import io.eas.service.ServiceSettings.Mode;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.netty.resolver.AddressResolverGroup;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

import org.springframework.http.codec.ClientCodecConfigurer;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Entry point for programs without Spring: creates the clients of EAS services, with
 * their own threads and connections.
 *
 * <pre class="code">
 * try (EasClients eas = Eas.builder()
 *     .endpoint("1234567890.vpc.cn-hangzhou.pai-eas.aliyuncs.com")
 *     .token(token)
 *     .service("mnist")
 *     .service("llm", (llm) -&gt; llm.serviceName("qwen_chat").http((http) -&gt; http.responseTimeout(ofMinutes(1))))
 *     .build()) {
 *     String answer = eas.get("mnist").predict("[1]", String.class).block();
 * }
 * </pre>
 */
public final class Eas {

	private static final Log log = LogFactory.getLog(Eas.class);

	private Eas() {
	}

	/**
	 * Returns a builder for clients.
	 * @return a builder without a service
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Settings of one service. They override the settings for all services. Not
	 * thread-safe.
	 */
	public static final class Service extends ServiceSettings.Builder<Service> {

		private @Nullable String serviceName;

		private Service() {
		}

		/** See {@link ServiceSettings#serviceName}. */
		public Service serviceName(String serviceName) {
			this.serviceName = serviceName;
			return this;
		}

		private ServiceSettings settings(Builder all) {
			return build(this.serviceName, all);
		}

	}

	/**
	 * Builder of the clients, with the services and the settings for all of them. Not
	 * thread-safe.
	 */
	public static final class Builder extends ServiceSettings.Builder<Builder> {

		private final Map<String, Service> services = new LinkedHashMap<>();

		private Consumer<ClientCodecConfigurer> codecs = (codecs) -> {
		};

		private @Nullable MeterRegistry meters;

		private @Nullable ObservationRegistry observations;

		private Builder() {
		}

		/**
		 * Adds a service without settings of its own.
		 * @param alias the name of the client, and of the service on EAS
		 * @return this builder
		 * @throws InvalidSettingException if the alias is not valid as a host name
		 */
		public Builder service(String alias) {
			return service(alias, (service) -> {
			});
		}

		/**
		 * Adds a service, or changes its settings if it has already been added.
		 * @param alias the name of the client, and of the service on EAS unless
		 * {@link Service#serviceName} sets another: lower-case letters, digits and dashes
		 * @param change sets the settings of this service; called immediately
		 * @return this builder
		 * @throws InvalidSettingException if the alias is not valid as a host name
		 */
		public Builder service(String alias, Consumer<Service> change) {
			Assert.alias("service", Assert.notNull("alias", alias),
					"Choose another alias, and set the name on EAS as serviceName.");
			Assert.notNull("change", change).accept(this.services.computeIfAbsent(alias, (any) -> new Service()));
			return this;
		}

		/**
		 * Customizes the codecs for request and response bodies. Without customization,
		 * Spring's default codecs are used.
		 * @param change changes the codecs, for example by setting another
		 * {@code JacksonJsonEncoder}; called once for each size limit in use
		 * @return this builder
		 */
		public Builder codecs(Consumer<ClientCodecConfigurer> change) {
			this.codecs = this.codecs.andThen(Assert.notNull("change", change));
			return this;
		}

		/**
		 * Records timers for calls, and counters and gauges for everything else. Closing
		 * the clients removes the meters from the registry.
		 * @param registry the registry for the meters; requires micrometer-core on the
		 * class path
		 * @return this builder
		 */
		public Builder meterRegistry(MeterRegistry registry) {
			this.meters = registry;
			return this;
		}

		/**
		 * Records observations of calls instead of timers. The handlers of the registry
		 * determine what is recorded for a call, such as a span or a timer.
		 * @param registry the registry for the observations
		 * @return this builder
		 */
		public Builder observationRegistry(ObservationRegistry registry) {
			this.observations = registry;
			return this;
		}

		/**
		 * Starts the clients and, depending on the configuration of each service, blocks
		 * until the first list of instances is known. By default this method waits for at
		 * most 5 seconds and then returns even if there is no list. Must be called only
		 * once.
		 * @return the clients. The caller must close them. Closing ends their threads,
		 * connections and calls, and blocks for a few seconds at most
		 * @throws InvalidSettingException if a value is invalid; the exception names the
		 * alias and the setting
		 * @throws EasStartupException if a service that must have instances at startup
		 * has none
		 * @throws IllegalStateException if no service has been added
		 */
		public EasClients build() {
			if (this.services.isEmpty()) {
				throw new IllegalStateException("There is no service; add one with service(alias)");
			}
			Map<String, ServiceSettings> settings = new LinkedHashMap<>();
			this.services.forEach((alias, service) -> settings.put(alias, named(alias, () -> service.settings(this))));
			Resources resources = new Resources((this.meters != null) ? new EasMeters(this.meters) : null);
			Runnable end = resources::close;
			try {
				EasServices clients = create(settings, resources);
				end = clients::close;
				clients.start();
				return clients;
			}
			catch (RuntimeException | Error ex) {
				end.run();
				throw ex;
			}
		}

		private EasServices create(Map<String, ServiceSettings> settings, Resources resources) {
			EasMeters meters = resources.meters();
			ServiceListeners.Factory listeners = (meters != null || this.observations != null)
					? new EasListeners((alias) -> seen(settings, alias), this.observations, null, meters)
					: (alias) -> ServiceListeners.NONE;
			EasServiceFactory factory = new EasServiceFactory(this::newCodecs, RetryRegistry.ofDefaults(),
					resources::use, resources.threads(), listeners, Clock.systemUTC());
			List<EasService> services = settings.entrySet()
				.stream()
				.map((service) -> named(service.getKey(), () -> factory.create(service.getKey(), service.getValue())))
				.toList();
			if (meters != null) {
				ServiceGauges gauges = new ServiceGauges(meters, Clock.systemUTC());
				services.forEach((service) -> gauges.add(service, seen(settings, service.name())));
			}
			return new EasServices(services, RestClient::builder, WebClient::builder, resources::close);
		}

		private ClientCodecConfigurer newCodecs() {
			ClientCodecConfigurer configurer = ClientCodecConfigurer.create();
			this.codecs.accept(configurer);
			return configurer;
		}

		private static ObservedService seen(Map<String, ServiceSettings> settings, String alias) {
			ServiceSettings service = Objects.requireNonNull(settings.get(alias));
			return new ObservedService(service.mode() == Mode.DIRECT, service.probe().enabled(), false);
		}

		private static <T> T named(String alias, Supplier<T> settings) {
			try {
				return settings.get();
			}
			catch (InvalidSettingException ex) {
				throw ex.named(alias + ": " + ex.name());
			}
		}

	}

	/**
	 * The threads and connections that the clients share.
	 *
	 * @param threads the threads for discovery and timers
	 * @param loops the event loops for input and output
	 * @param names resolves host names on these event loops
	 * @param meters the meters, which are removed from their registry on close, or null
	 */
	private record Resources(EasThreads threads, LoopResources loops, AddressResolverGroup<?> names,
			@Nullable EasMeters meters) {

		private static final Duration LONGEST_END = Duration.ofSeconds(5);

		Resources(@Nullable EasMeters meters) {
			this(new EasThreads(), LoopResources.create("eas-http"), meters);
		}

		private Resources(EasThreads threads, LoopResources loops, @Nullable EasMeters meters) {
			this(threads, loops, names(loops), meters);
		}

		/**
		 * Returns a resolver of host names that runs on the given event loops. The
		 * default resolver of Reactor Netty would create event loops of its own that
		 * never end.
		 */
		private static AddressResolverGroup<?> names(LoopResources loops) {
			return Objects.requireNonNull(
					HttpClient.newConnection().resolver((names) -> names.runOn(loops)).configuration().resolver());
		}

		HttpClient use(HttpClient client) {
			return client.runOn(this.loops).resolver(this.names);
		}

		/** Ends the calls in flight. The event loops close the connections. */
		void close() {
			if (this.meters != null) {
				this.meters.close();
			}
			this.threads.close();
			this.names.close();
			try {
				this.loops.disposeLater(Duration.ZERO, LONGEST_END)
					.toFuture()
					.get(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (ExecutionException | TimeoutException ex) {
				log.warn("The event loop threads have not ended within " + LONGEST_END.toSeconds() + " s", ex);
			}
		}

	}

}
