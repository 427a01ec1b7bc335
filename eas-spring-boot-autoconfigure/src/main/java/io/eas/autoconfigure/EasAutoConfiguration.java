package io.eas.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.eas.event.EasEvents;
import io.eas.loadbalanced.InstanceCredentials;
import io.eas.properties.EasProperties;
import io.eas.properties.EasServiceProperties;
import io.eas.properties.EasServicesBinder;
import io.eas.properties.IneffectiveKeys;
import io.eas.properties.UnknownKeys;
import io.eas.service.EasServiceFactory;
import io.eas.service.EasServices;
import io.eas.service.EasThreads;
import io.eas.service.ServiceListeners;
import io.github.resilience4j.retry.RetryRegistry;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.boot.reactor.netty.autoconfigure.ReactorNettyConfigurations;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.codec.ClientCodecConfigurer;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of EAS clients: an {@link io.eas.client.EasClient} for each service
 * under {@code eas.services}, and {@link io.eas.client.EasClients} for all of them. It is
 * ordered late, so that its conditions on beans see the beans of other
 * auto-configurations.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration",
		"org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
		"org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration",
		"org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration",
		"io.github.resilience4j.springboot3.retry.autoconfigure.RetryAutoConfiguration",
		"io.github.resilience4j.springboot4.retry.autoconfigure.RetryAutoConfiguration" })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnProperty(name = "eas.enabled", matchIfMissing = true)
@Import({ ReactorNettyConfigurations.ReactorResourceFactoryConfiguration.class, EasClientRegistrar.class,
		JsonCodecs.OfJackson.class })
@ImportRuntimeHints(ClientHints.class)
public final class EasAutoConfiguration {

	EasAutoConfiguration() {
	}

	@Bean
	static BeanFactoryPostProcessor easClientNames() {
		return EasClientRegistrar::nameClients;
	}

	@Bean
	EasServicesBinder easServicesBinder(Environment environment) {
		UnknownKeys.look(environment);
		return new EasServicesBinder(environment);
	}

	/**
	 * For Actuator's endpoint {@code configprops}, which creates this bean on its first
	 * request.
	 */
	@Bean
	@Lazy
	EasProperties easProperties(EasServicesBinder binder, @Value("${eas.strict:false}") boolean strict) {
		Map<String, EasServiceProperties> services = new LinkedHashMap<>();
		binder.aliases().forEach((alias) -> services.put(alias, binder.bind(alias)));
		return new EasProperties(true, strict, services);
	}

	@Bean
	EasThreads easThreads() {
		return new EasThreads();
	}

	@Bean
	@ConditionalOnMissingBean
	RetryRegistry retryRegistry() {
		return RetryRegistry.ofDefaults();
	}

	@Bean
	EasEvents easEvents(ApplicationEventPublisher publisher) {
		return new EasEvents(publisher, Clock.systemUTC());
	}

	@Bean
	EasServiceFactory easServiceFactory(ObjectProvider<JsonCodecs> json, ObjectProvider<CodecCustomizer> customizers,
			ObjectProvider<RetryRegistry> registries, ReactorResourceFactory resources, EasThreads threads,
			ObjectProvider<ServiceListeners.Factory> listeners, EasEvents events, EasServicesBinder binder) {
		// the only or primary registry; among several others, the choice would be
		// arbitrary
		RetryRegistry retries = registries.getIfUnique(RetryRegistry::ofDefaults);
		return new EasServiceFactory(() -> codecs(json, customizers), retries, network(resources), threads,
				publishing(listeners.getIfAvailable(() -> (alias) -> ServiceListeners.NONE), events, binder),
				Clock.systemUTC());
	}

	/** Adds the publication of events to the listeners. */
	private static ServiceListeners.Factory publishing(ServiceListeners.Factory others, EasEvents events,
			EasServicesBinder binder) {
		return (alias) -> {
			EasServiceProperties service = binder.bind(alias);
			Duration staleAfter = service.health().freshness(service.discovery().interval()).staleAfter();
			return events.with(alias, staleAfter, others.create(alias));
		};
	}

	@Bean(destroyMethod = "shutDown")
	EasServices easServices(EasServicesBinder binder, EasServiceFactory factory, ListableBeanFactory beans,
			Environment environment) {
		IneffectiveKeys.look(binder);
		ServiceBeans contributed = new ServiceBeans(beans, environment);
		return new EasServices(binder.aliases().stream().map((alias) -> binder.use(alias, () -> {
			EasServiceProperties properties = binder.bind(alias);
			return factory.create(alias, properties.settings(contributed.overrides(alias, properties)));
		})).toList(), () -> restClientBuilder(beans), () -> webClientBuilder(beans), () -> {
		});
	}

	/**
	 * Creates a builder for the {@code RestClient} of an alias, with the settings of the
	 * application. The builder of the application isn't used, since it may be
	 * load-balanced.
	 */
	private static RestClient.Builder restClientBuilder(ListableBeanFactory beans) {
		RestClient.Builder builder = RestClient.builder();
		if (!isPresent("org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer")) {
			return builder;
		}
		RestClientBuilderConfigurer configurer = beans.getBeanProvider(RestClientBuilderConfigurer.class)
			.getIfAvailable();
		return (configurer != null) ? configurer.configure(builder) : builder;
	}

	/**
	 * Creates a builder for the {@code WebClient} of an alias, with the customizers of
	 * the application, since Spring Boot has no configurer for {@code WebClient}s.
	 */
	private static WebClient.Builder webClientBuilder(ListableBeanFactory beans) {
		WebClient.Builder builder = WebClient.builder();
		if (isPresent("org.springframework.boot.webclient.WebClientCustomizer")) {
			for (WebClientCustomizer customizer : beans.getBeanProvider(WebClientCustomizer.class)
				.orderedStream()
				.toList()) {
				customizer.customize(builder);
			}
		}
		return builder;
	}

	/**
	 * Returns whether an optional class is present. Code that uses such a class must not
	 * be a lambda with a parameter of this class, since reflection on the methods of the
	 * configuration would then fail without the class.
	 */
	private static boolean isPresent(String name) {
		return ClassUtils.isPresent(name, EasAutoConfiguration.class.getClassLoader());
	}

	@Bean
	InstanceCredentials easInstanceCredentials(EasServices services, EasServicesBinder binder) {
		return new InstanceCredentials(services, (alias) -> binder.bind(alias).loadBalanced().credentials());
	}

	@Bean
	EasLifecycle easPolling(EasServices services) {
		return EasLifecycle.ofPolling(services);
	}

	@Bean
	EasLifecycle easConnections(EasServices services, Environment environment, ConfigurableListableBeanFactory beans) {
		Duration phase = Binder.get(environment)
			.bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
			.orElse(Duration.ofSeconds(30));
		return EasLifecycle.ofConnections(services, phase, () -> hasTasks(beans));
	}

	/**
	 * Returns whether executors have running tasks, which an executor may await when it
	 * is destroyed. Schedulers don't count, since their tasks are endless.
	 */
	private static boolean hasTasks(ConfigurableListableBeanFactory beans) {
		return Arrays.stream(beans.getBeanNamesForType(ThreadPoolTaskExecutor.class, true, false))
			.filter(beans::containsSingleton)
			.anyMatch((name) -> beans.getBean(name, ThreadPoolTaskExecutor.class).getActiveCount() > 0);
	}

	/** Creates the codecs; the application's customizers are applied last. */
	private static ClientCodecConfigurer codecs(ObjectProvider<JsonCodecs> json,
			ObjectProvider<CodecCustomizer> customizers) {
		ClientCodecConfigurer configurer = ClientCodecConfigurer.create();
		json.ifAvailable((codecs) -> codecs.addTo(configurer));
		customizers.orderedStream().forEach((customizer) -> customizer.customize(configurer));
		return configurer;
	}

	/**
	 * Assigns the application's event loops to an HTTP client. The event loops are looked
	 * up for each connection, since a restart of {@link ReactorResourceFactory} creates
	 * new ones.
	 */
	private static UnaryOperator<HttpClient> network(ReactorResourceFactory resources) {
		LoopResources current = (useNative) -> resources.getLoopResources().onClient(useNative);
		return resources.isUseGlobalResources() ? UnaryOperator.identity() : (client) -> client.runOn(current);
	}

}
