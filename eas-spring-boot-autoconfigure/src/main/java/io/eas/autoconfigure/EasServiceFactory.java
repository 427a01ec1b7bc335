package io.eas.autoconfigure;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import io.eas.client.auth.AuthScheme;
import io.eas.client.auth.TokenFile;
import io.eas.client.auth.TokenSource;
import io.eas.client.call.CallSettings;
import io.eas.client.call.ServiceClient;
import io.eas.client.codec.BodyCodecs;
import io.eas.client.retry.RetryBudget;
import io.eas.client.retry.RetryRules;
import io.eas.discovery.AllowedNetworks;
import io.eas.discovery.ConfirmedShrink;
import io.eas.discovery.InstanceSource;
import io.eas.discovery.HttpInstanceDiscovery;
import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceDiscovery;
import io.eas.discovery.PollSchedule;
import io.eas.discovery.PolledInstances;
import io.eas.discovery.probe.HttpGetProber;
import io.eas.discovery.probe.Prober;
import io.eas.discovery.probe.HealthCheckedInstances;
import io.eas.discovery.probe.TcpSocketProber;
import io.eas.http.EasChannels;
import io.eas.http.SecureConnect;
import io.eas.instance.EasInstance;
import io.eas.instance.Gateway;
import io.eas.instance.InstanceList.Source;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.selection.EjectionLog;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.eas.service.EasService;
import io.eas.service.EasService.Discovery;
import io.eas.service.EasThreads;
import io.eas.service.ServiceListeners;
import io.eas.service.Startup;
import io.github.resilience4j.retry.RetryRegistry;
import io.netty.channel.ChannelOption;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.codec.ClientCodecConfigurer;
import org.springframework.util.StringUtils;

/**
 * Makes services from their properties.
 */
final class EasServiceFactory {

	private static final Log log = LogFactory.getLog(EasServiceFactory.class);

	private static final List<String> DISCOVERY_PATHS = List.of(
			"/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/{service-name}",
			"/api/v1/servicediscovery/upstreams/{service-name}");

	private final EasServicesBinder binder;

	private final EasConnectionDetails connectionDetails;

	private final Supplier<ClientCodecConfigurer> codecs;

	private final RetryPolicies retries;

	private final UnaryOperator<HttpClient> network;

	private final InstancePicker.@Nullable Factory algorithm;

	private final EasThreads threads;

	private final SnapshotFactory snapshots;

	private final ServiceListeners.Factory listeners;

	private final Clock clock;

	private final Map<Integer, BodyCodecs> codecsByLimit = new ConcurrentHashMap<>();

	EasServiceFactory(EasServicesBinder binder, EasConnectionDetails connectionDetails,
			Supplier<ClientCodecConfigurer> codecs, RetryRegistry retries, UnaryOperator<HttpClient> network,
			InstancePicker.@Nullable Factory algorithm, EasThreads threads, ServiceListeners.Factory listeners,
			Clock clock) {
		this.binder = binder;
		this.connectionDetails = connectionDetails;
		this.codecs = codecs;
		this.retries = new RetryPolicies(retries);
		this.network = network;
		this.algorithm = algorithm;
		this.threads = threads;
		this.listeners = listeners;
		this.clock = clock;
		this.snapshots = new SnapshotFactory(binder, threads.files(), clock);
	}

	EasService create(String alias) {
		EasServiceProperties properties = this.binder.bind(alias);
		String serviceName = StringUtils.hasText(properties.serviceName()) ? properties.serviceName() : alias;
		TokenSource token = token(alias, properties);
		AuthScheme scheme = scheme(alias, properties, token);
		InstanceCache cache = new InstanceCache(this.clock);
		EasChannels channels = new EasChannels();
		HealthCheckedInstances proven = proven(alias, properties.probe(), cache, channels);
		PolledInstances polled = (proven != null) ? proven : cache;
		Discovery discovery = null;
		switch (properties.mode()) {
			case DIRECT -> discovery = discovery(alias, serviceName, properties, channels, cache, polled);
			case GATEWAY -> cache.succeed(List.of(endpoint(alias, properties).gateway().instance()), Source.GATEWAY);
			case STATIC -> polled.succeed(instances(alias, properties), Source.STATIC);
		}
		InstanceSource destinations = new InstanceSource(alias, cache, gateway(alias, properties),
				this.clock.instant());
		RetryRules rules = rules(properties.retry());
		ServiceListeners listeners = this.listeners.create(alias);
		InstanceSelector picks = picks(alias, properties, destinations, listeners);
		CallSettings settings = new CallSettings(withName(properties.path(), serviceName),
				properties.loadBalancer().hashHeader(), properties.http().settings(), rules, codecs(properties.http()),
				scheme, token);
		ServiceClient client = new ServiceClient(settings,
				new ServiceClient.Network(destinations, this.network, channels, this.threads.timer(),
						this.threads.deadlines(), this.clock, System::nanoTime),
				picks, this.retries.register(alias, rules), budget(properties.retry().budget()), listeners.calls(),
				polled::lastFailure);
		Startup startup = new Startup(properties.discovery().startup(), properties.discovery().startupTimeout());
		return new EasService(client, picks, destinations, cache, proven, discovery, startup, listeners.polls(),
				this.threads);
	}

	private InstanceSelector picks(String alias, EasServiceProperties properties, InstanceSource destinations,
			ServiceListeners listeners) {
		LoadBalancerProperties settings = properties.loadBalancer();
		InstancePicker.Factory algorithm = (this.algorithm != null) ? this.algorithm : settings.algorithm().create();
		return new InstanceSelector(destinations, algorithm, properties.ejection().settings(), settings.slowStart(),
				new EjectionLog(alias).and(listeners.ejections()), listeners.attempts(),
				this.threads.polls()::schedule);
	}

	private @Nullable HealthCheckedInstances proven(String alias, ProbeProperties probe, InstanceCache cache,
			EasChannels channels) {
		if (!probe.enabled()) {
			return null;
		}
		HttpClient client = channels
			.track(SecureConnect.within(this.network.apply(HttpClient.newConnection()), probe.timeout(), (refusal) -> {
				// the log of the probes says so
			}));
		String path = probe.httpGet().path();
		Prober prober = (path != null)
				? new HttpGetProber(client, path, probe.port(), probe.timeout(), this.threads.timer())
				: new TcpSocketProber(client, probe.port(), probe.timeout(), this.threads.timer());
		return new HealthCheckedInstances(alias, cache, probe.settings(), prober, this.threads.timer(),
				RandomGenerator.getDefault(), this.clock);
	}

	/** Services with the same limit share their codecs, which have no state. */
	private BodyCodecs codecs(HttpProperties http) {
		return this.codecsByLimit.computeIfAbsent(http.settings().maxInMemorySize(), this::codecs);
	}

	private BodyCodecs codecs(int limit) {
		ClientCodecConfigurer configurer = this.codecs.get();
		configurer.defaultCodecs().maxInMemorySize(limit);
		return new BodyCodecs(configurer);
	}

	private Discovery discovery(String alias, String serviceName, EasServiceProperties properties, EasChannels channels,
			InstanceCache cache, PolledInstances polled) {
		DiscoveryProperties settings = properties.discovery();
		String endpoint = endpoint(alias, properties).url();
		HttpClient network = this.network.apply(HttpClient.newConnection());
		HttpClient client = channels.track(SecureConnect.within(network, settings.connectTimeout(), (refusal) -> {
			// the log of discovery says so
		})).baseUrl(endpoint).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis());
		List<String> paths = (settings.path() != null) ? List.of(settings.path()) : DISCOVERY_PATHS;
		InstanceDiscovery discovery = new HttpInstanceDiscovery(client, endpoint,
				paths.stream().map((path) -> withName(path, serviceName)).toList(), settings.timeout(),
				(int) settings.maxResponseSize().toBytes(), AllowedNetworks.of(settings.allowedNetworks()),
				this.threads.timer());
		return new Discovery(settings.confirmShrink() ? new ConfirmedShrink(discovery, polled, alias) : discovery,
				new PollSchedule(settings.interval(), settings.jitter()),
				this.snapshots.create(alias, endpoint, serviceName, settings, cache));
	}

	private static String withName(String path, String serviceName) {
		return path.replace("{service-name}", serviceName);
	}

	/** What calls go through, always or for want of instances. */
	private @Nullable Gateway gateway(String alias, EasServiceProperties properties) {
		return switch (properties.mode()) {
			case DIRECT -> properties.gatewayFallback() ? endpoint(alias, properties).gateway() : null;
			case GATEWAY -> endpoint(alias, properties).gateway();
			case STATIC -> null;
		};
	}

	private EndpointAddress endpoint(String alias, EasServiceProperties properties) {
		String known = this.connectionDetails.getEndpoint(alias);
		String text = (known != null) ? known : configuredEndpoint(properties);
		if (text == null) {
			throw this.binder.invalid(alias, "endpoint", "missing",
					"be set in mode " + properties.mode().name().toLowerCase(Locale.ROOT),
					"Set eas.uid and eas.region-id, or eas.endpoint; or set the mode to static and list the instances.");
		}
		try {
			return EndpointAddress.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw this.binder.invalid(alias, "endpoint", "'" + text + "'", "be host[:port] or http://host[:port]",
					"Leave out path, query and user; the paths have properties of their own.");
		}
	}

	private static @Nullable String configuredEndpoint(EasServiceProperties properties) {
		if (StringUtils.hasText(properties.endpoint())) {
			return properties.endpoint();
		}
		boolean known = StringUtils.hasText(properties.uid()) && StringUtils.hasText(properties.regionId());
		return known ? properties.uid() + ".vpc." + properties.regionId() + ".pai-eas.aliyuncs.com" : null;
	}

	private @Nullable TokenSource token(String alias, EasServiceProperties properties) {
		Secret token = properties.token();
		if (properties.tokenFile() != null) {
			try {
				return TokenFile.read(Path.of(properties.tokenFile()));
			}
			catch (UncheckedIOException | IllegalArgumentException ex) {
				throw this.binder.invalid(alias, "token-file", "'" + properties.tokenFile() + "'",
						"be a readable file that holds the token", "The file can't be used: " + ex.getMessage());
			}
		}
		if (token == null) {
			return null;
		}
		if (token.reveal().startsWith("${")) {
			throw this.binder.invalid(alias, "token", "a placeholder that nothing resolves", "be the token itself",
					"Set the environment variable or property that the placeholder names.");
		}
		try {
			return TokenSource.fixed(token.reveal());
		}
		catch (IllegalArgumentException ex) {
			throw this.binder.invalid(alias, "token", token.toString(), "have only visible ASCII characters",
					"Copy the token from the service's details page as it is.");
		}
	}

	private AuthScheme scheme(String alias, EasServiceProperties properties, @Nullable TokenSource token) {
		AuthScheme scheme = properties.auth().scheme();
		if (scheme == null && token == null) {
			log.warn(alias + ": no token is configured, so calls go out without credentials; set eas.services." + alias
					+ ".token, or .auth.scheme to 'none' if that is meant");
			return AuthScheme.NONE;
		}
		if (scheme != null && scheme != AuthScheme.NONE && token == null) {
			throw this.binder.invalid(alias, "auth.scheme", scheme.name().toLowerCase(Locale.ROOT),
					"be 'none' where there is no token", "Set token or token-file, or set the scheme to 'none'.");
		}
		return (scheme != null) ? scheme : AuthScheme.SIGNATURE;
	}

	private List<EasInstance> instances(String alias, EasServiceProperties properties) {
		List<EasInstance> instances = new ArrayList<>();
		for (String text : properties.instances()) {
			try {
				EasInstance instance = StaticInstances.parse(text);
				if (instances.contains(instance)) {
					throw new IllegalArgumentException("it is listed twice");
				}
				instances.add(instance);
			}
			catch (IllegalArgumentException ex) {
				throw this.binder.invalid(alias, "instances", "'" + text + "'", "be host:port or host:port;weight",
						"Mend the entry: " + ex.getMessage() + ".");
			}
		}
		if (instances.isEmpty()) {
			throw this.binder.invalid(alias, "instances", "empty", "list at least one instance in mode static",
					"Add host:port or host:port;weight.");
		}
		return instances;
	}

	private static RetryBudget budget(RetryProperties.Budget budget) {
		return new RetryBudget(budget.ratio(), budget.minPerSecond(), System.nanoTime());
	}

	private static RetryRules rules(RetryProperties retry) {
		RetryProperties.Backoff backoff = retry.backoff();
		return new RetryRules(retry.maxAttempts(), retry.on(), retry.onStatuses(), retry.idempotent(),
				new RetryRules.Backoff(backoff.initial(), backoff.max(), backoff.multiplier(), backoff.jitter()));
	}

}
