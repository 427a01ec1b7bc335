package io.eas.service;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import io.eas.client.call.EjectedInstances;
import io.eas.client.call.ServiceClient;
import io.eas.client.codec.BodyCodecs;
import io.eas.client.request.CallSettings;
import io.eas.client.retry.RetryBudget;
import io.eas.client.retry.RetryRules;
import io.eas.client.retry.RetrySettings;
import io.eas.client.retry.ServiceRetries;
import io.eas.discovery.AllowedNetworks;
import io.eas.discovery.ConfirmedShrink;
import io.eas.discovery.HttpInstanceDiscovery;
import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceDiscovery;
import io.eas.discovery.InstanceSource;
import io.eas.discovery.PollSchedule;
import io.eas.discovery.PolledInstances;
import io.eas.discovery.probe.HealthCheckedInstances;
import io.eas.discovery.probe.HttpGetProber;
import io.eas.discovery.probe.ProbeSettings;
import io.eas.discovery.probe.Prober;
import io.eas.discovery.probe.TcpSocketProber;
import io.eas.discovery.snapshot.FileSnapshot;
import io.eas.discovery.snapshot.ListSnapshot;
import io.eas.discovery.snapshot.SnapshotFile;
import io.eas.discovery.snapshot.SnapshotSettings;
import io.eas.http.EasChannels;
import io.eas.http.SecureConnect;
import io.eas.instance.EasInstance;
import io.eas.instance.Gateway;
import io.eas.instance.InstanceList.Source;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.prefix.PrefixAware;
import io.eas.loadbalancer.prefix.SignalSettings;
import io.eas.loadbalancer.selection.EjectionLog;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.eas.loadbalancer.selection.SelectionSettings;
import io.eas.service.EasService.Discovery;
import io.eas.settings.InvalidSettingException;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.codec.ClientCodecConfigurer;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/** Creates services from their settings and from shared resources. Thread-safe. */
public final class EasServiceFactory {

	private static final List<String> DISCOVERY_PATHS = List.of(
			"/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/{service-name}",
			"/api/v1/servicediscovery/upstreams/{service-name}");

	private final Supplier<ClientCodecConfigurer> codecs;

	private final RetryRegistry retries;

	private final UnaryOperator<HttpClient> network;

	private final EasThreads threads;

	private final ServiceListeners.Factory listeners;

	private final Clock clock;

	private final Map<DataSize, BodyCodecs> codecsByLimit = new ConcurrentHashMap<>();

	private final Map<RetryRules, RetryConfig> retryConfigs = new ConcurrentHashMap<>();

	/**
	 * Creates a factory.
	 * @param codecs supplies a new configurer of Spring's codecs on each call
	 * @param retries the registry with the retry of each service, named
	 * {@code eas-<alias>}; a retry that the application has registered under this name is
	 * used unchanged
	 * @param network assigns event loops to an HTTP client
	 * @param threads the threads for everything that doesn't run on event loops; not
	 * closed by this class
	 * @param listeners the factory of the listeners of each service
	 * @param clock the clock
	 */
	public EasServiceFactory(Supplier<ClientCodecConfigurer> codecs, RetryRegistry retries,
			UnaryOperator<HttpClient> network, EasThreads threads, ServiceListeners.Factory listeners, Clock clock) {
		this.codecs = codecs;
		this.retries = retries;
		this.network = network;
		this.threads = threads;
		this.listeners = listeners;
		this.clock = clock;
	}

	/**
	 * Creates a service without starting it. Reads the token file and creates the
	 * directory of the snapshot, if they are configured.
	 * @param alias the alias of the service
	 * @param settings the settings of the service
	 * @return the service
	 * @throws InvalidSettingException if a setting can't be used
	 */
	public EasService create(String alias, ServiceSettings settings) {
		String serviceName = StringUtils.hasText(settings.serviceName()) ? settings.serviceName() : alias;
		Credentials credentials = Credentials.of(alias, settings, null, this.threads.files());
		InstanceCache cache = new InstanceCache(this.clock);
		EasChannels channels = new EasChannels();
		UnaryOperator<HttpClient> loops = new ServiceNetwork(alias, settings.http(), isSecure(settings), this.network);
		HealthCheckedInstances healthChecked = healthChecked(alias, settings.probe(), cache, channels, loops);
		PolledInstances polled = (healthChecked != null) ? healthChecked : cache;
		Discovery discovery = null;
		switch (settings.mode()) {
			case DIRECT -> discovery = discovery(alias, serviceName, settings, channels, loops, cache, polled);
			case GATEWAY -> cache.succeed(List.of(EndpointAddress.of(settings).gateway().instance()), Source.GATEWAY);
			case STATIC -> polled.succeed(instances(settings), Source.STATIC);
		}
		InstanceSource source = new InstanceSource(alias, cache, gateway(settings), this.clock.instant());
		RetryRules rules = settings.retry().rules();
		ServiceListeners listeners = this.listeners.create(alias);
		ServiceClient.Network network = new ServiceClient.Network(source, loops, channels, this.threads.timer(),
				this.threads.deadlines(), this.clock, System::nanoTime);
		EjectedInstances ejected = new EjectedInstances(network, settings.http().connectTimeout());
		InstancePicker.Factory algorithm = settings.loadBalancer().newAlgorithm();
		InstanceSelector selector = selector(algorithm, settings, source,
				ejected.and(new EjectionLog(alias)).and(listeners.ejections()), listeners.attempts());
		CallSettings calls = new CallSettings(withName(settings.path(), serviceName),
				settings.loadBalancer().hashHeader(), settings.http(), rules, retry(alias, rules),
				budget(settings.retry().budget()), codecs(settings.http().maxInMemorySize()), credentials.scheme(),
				credentials.token());
		ServiceClient client = new ServiceClient(calls, network, selector, ejected, listeners.calls(),
				polled::lastFailure);
		return new EasService(settings, client, selector, source, cache, healthChecked, discovery, listeners.polls(),
				this.threads, engineLoads(algorithm, settings.loadBalancer().signals(), network, client));
	}

	/**
	 * Changes the settings for those calls of a service that begin from now on: token and
	 * authentication scheme, retries, and the HTTP settings that concern calls rather
	 * than connections. No other setting changes. The list, the connections, the
	 * ejections and the counts of the retry budget are kept. A token that has not changed
	 * keeps its source. The token file is read only if it is another file.
	 * @param service the service
	 * @param settings the new settings
	 * @throws InvalidSettingException if a setting can't be used; in this case, nothing
	 * is changed
	 */
	public void update(EasService service, ServiceSettings settings) {
		synchronized (service) {
			change(service, settings);
		}
	}

	private void change(EasService service, ServiceSettings settings) {
		ServiceSettings before = service.settings();
		CallSettings calls = service.client().settings();
		Credentials credentials = Credentials.of(service.name(), settings,
				before.hasTokenOf(settings) ? calls.token() : null, this.threads.files());
		RetrySettings retries = settings.retry();
		RetryBudget budget = retries.budget().equals(before.retry().budget()) ? calls.budget()
				: calls.budget().withLimits(retries.budget().ratio(), retries.budget().minPerSecond());
		Retry retry = retries.rules().hasPausesOf(before.retry().rules()) ? calls.retry()
				: replaced(calls.retry(), retries.rules());
		service.update(settings,
				new CallSettings(calls.path(), calls.hashHeader(), calls.http().withCallsOf(settings.http()),
						retries.rules(), retry, budget, calls.codecs(), credentials.scheme(), credentials.token()));
	}

	/**
	 * Replaces a retry, unless the application has registered it. The tags are kept.
	 * Listeners can't be kept, so the registry publishes the replacement.
	 */
	private Retry replaced(Retry retry, RetryRules rules) {
		if (!this.retryConfigs.containsValue(retry.getRetryConfig())) {
			return retry;
		}
		Retry changed = Retry.of(retry.getName(), config(rules), retry.getTags());
		this.retries.replace(retry.getName(), changed);
		return changed;
	}

	private InstanceSelector selector(InstancePicker.Factory algorithm, ServiceSettings settings, InstanceSource source,
			EjectionListener ejections, AttemptListener attempts) {
		LoadBalancerSettings loadBalancer = settings.loadBalancer();
		SelectionSettings selection = new SelectionSettings(settings.ejection(), loadBalancer.slowStart(),
				settings.http().responseTimeout(), true);
		return new InstanceSelector(source, algorithm, selection, ejections, attempts, this.threads.polls()::schedule);
	}

	private @Nullable EngineLoadPoller engineLoads(InstancePicker.Factory algorithm, SignalSettings signals,
			ServiceClient.Network network, ServiceClient service) {
		if (signals.source() != SignalSettings.Source.METRICS || !(algorithm instanceof PrefixAware prefixAware)) {
			return null;
		}
		HttpClient client = network.channels()
			.track(this.network.apply(HttpClient.newConnection()))
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) signals.period().toMillis());
		return new EngineLoadPoller(network.source(), prefixAware, client,
				(request) -> service.authentication().prepare(request), service.settings().path() + signals.path(),
				signals.period(), this.threads.timer());
	}

	private @Nullable HealthCheckedInstances healthChecked(String alias, ProbeSettings probe, InstanceCache cache,
			EasChannels channels, UnaryOperator<HttpClient> loops) {
		if (!probe.enabled()) {
			return null;
		}
		HttpClient client = channels
			.track(SecureConnect.within(loops.apply(HttpClient.newConnection()), probe.timeout(), (refusal) -> {
				// logged by ProbeLog
			}));
		String path = probe.path();
		Prober prober = (path != null)
				? new HttpGetProber(client, path, probe.port(), probe.timeout(), this.threads.timer())
				: new TcpSocketProber(client, probe.port(), probe.timeout(), this.threads.timer());
		return new HealthCheckedInstances(alias, cache, probe, prober, this.threads.timer(),
				RandomGenerator.getDefault(), this.clock);
	}

	/**
	 * Returns the codecs, which are stateless and shared by services with the same limit.
	 */
	private BodyCodecs codecs(DataSize limit) {
		return this.codecsByLimit.computeIfAbsent(limit, (any) -> {
			ClientCodecConfigurer configurer = this.codecs.get();
			configurer.defaultCodecs().maxInMemorySize((int) limit.toBytes());
			return new BodyCodecs(configurer, (int) limit.toBytes());
		});
	}

	/**
	 * Returns the retry of a service; services with the same rules share a configuration.
	 */
	private Retry retry(String alias, RetryRules rules) {
		return this.retries.retry("eas-" + alias, () -> config(rules));
	}

	private RetryConfig config(RetryRules rules) {
		return this.retryConfigs.computeIfAbsent(rules, ServiceRetries::config);
	}

	private Discovery discovery(String alias, String serviceName, ServiceSettings service, EasChannels channels,
			UnaryOperator<HttpClient> loops, InstanceCache cache, PolledInstances polled) {
		DiscoverySettings settings = service.discovery();
		String endpoint = EndpointAddress.of(service).url();
		HttpClient bare = HttpClient.newConnection();
		HttpClient network = loops.apply(isSecure(service) ? bare.secure() : bare);
		HttpClient client = channels.track(SecureConnect.within(network, settings.connectTimeout(), (refusal) -> {
			// logged by DiscoveryLog
		})).baseUrl(endpoint).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis());
		List<String> paths = (settings.path() != null) ? List.of(settings.path()) : DISCOVERY_PATHS;
		InstanceDiscovery discovery = new HttpInstanceDiscovery(client, endpoint,
				paths.stream().map((path) -> withName(path, serviceName)).toList(), settings.timeout(),
				(int) settings.maxResponseSize().toBytes(), AllowedNetworks.of(settings.allowedNetworks()),
				this.threads.timer());
		return new Discovery(settings.confirmShrink() ? new ConfirmedShrink(discovery, polled, alias) : discovery,
				new PollSchedule(settings.interval(), settings.jitter()),
				snapshot(alias, endpoint, serviceName, settings, cache));
	}

	private ListSnapshot snapshot(String alias, String endpoint, String serviceName, DiscoverySettings discovery,
			InstanceCache cache) {
		SnapshotSettings settings = discovery.snapshot();
		String directory = settings.directory();
		if (!settings.enabled() || directory == null) {
			return ListSnapshot.NONE;
		}
		try {
			SnapshotFile file = SnapshotFile.open(Path.of(directory), endpoint, serviceName,
					AllowedNetworks.of(discovery.allowedNetworks()), (int) discovery.maxResponseSize().toBytes());
			return new FileSnapshot(alias, file, settings.maxAge(), cache, this.threads.files(), this.clock);
		}
		catch (IOException | InvalidPathException ex) {
			throw new InvalidSettingException("discovery.snapshot.directory", "'" + directory + "'",
					"be a directory that files can be written to", "The directory can't be used: " + ex);
		}
	}

	private static boolean isSecure(ServiceSettings settings) {
		return settings.mode() != ServiceSettings.Mode.STATIC
				&& EndpointAddress.of(settings).url().startsWith("https:");
	}

	private static String withName(String path, String serviceName) {
		return path.replace("{service-name}", serviceName);
	}

	/**
	 * Returns the gateway that calls go through, always or as long as no instance is
	 * known.
	 */
	private static @Nullable Gateway gateway(ServiceSettings settings) {
		return switch (settings.mode()) {
			case DIRECT -> settings.gatewayFallback() ? EndpointAddress.of(settings).gateway() : null;
			case GATEWAY -> EndpointAddress.of(settings).gateway();
			case STATIC -> null;
		};
	}

	private static List<EasInstance> instances(ServiceSettings settings) {
		List<EasInstance> instances = new ArrayList<>();
		for (String text : settings.instances()) {
			try {
				EasInstance instance = EasInstance.parse(text);
				if (instances.contains(instance)) {
					throw new IllegalArgumentException("it is listed twice");
				}
				instances.add(instance);
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidSettingException("instances", "'" + text + "'", "be host:port or host:port;weight",
						"Correct the entry: " + ex.getMessage() + ".");
			}
		}
		if (instances.isEmpty()) {
			throw new InvalidSettingException("instances", "empty", "list at least one instance in mode static",
					"Add host:port or host:port;weight.");
		}
		return instances;
	}

	private static RetryBudget budget(RetrySettings.Budget budget) {
		return new RetryBudget(budget.ratio(), budget.minPerSecond(), System.nanoTime());
	}

}
