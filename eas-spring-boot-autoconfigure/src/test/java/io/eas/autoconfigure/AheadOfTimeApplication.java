package io.eas.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.auth.EasTokenSupplier;
import io.eas.event.EasEvent;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.SpringProperties;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * A web application with Actuator, which {@link AheadOfTimeTests} starts from what was
 * generated for it. The load balancer of the alias {@code other} is its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@LoadBalancerClient(name = "other", configuration = LoadBalancerConfigurationTests.OwnBalancer.class)
@ImportHttpServices(group = "other", types = AheadOfTimeApplication.ShoutService.class)
public class AheadOfTimeApplication {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static ConfigurableApplicationContext context;

	public static void main(String[] arguments) {
		context = SpringApplication.run(AheadOfTimeApplication.class, arguments);
	}

	/** Gets its clients by the names of its parameters. */
	@Bean
	Supplier<List<String>> injected(EasClient myLlm, EasClient other) {
		return () -> List.of(myLlm.name(), other.name());
	}

	/** Is called by name, through a class that was generated for it. */
	@Bean
	Function<String, String> shouting(ShoutService service) {
		return service::shout;
	}

	@Bean
	EasTokenSupplier token() {
		return (alias) -> Mono.just("abc");
	}

	@Bean
	Changes changes() {
		return new Changes();
	}

	@Bean
	@LoadBalanced
	WebClient.Builder balanced() {
		return WebClient.builder();
	}

	/**
	 * Starts from generated sources, which have to be there, and calls each alias.
	 * @param aliases called through their client and through the load-balanced one
	 * @param arguments of the application
	 * @return the names of injected clients, the answers, then that of the health
	 * endpoint
	 */
	@SuppressWarnings("unchecked")
	public static List<String> answers(List<String> aliases, String[] arguments) {
		SpringProperties.setFlag(AotDetector.AOT_ENABLED);
		main(arguments);
		try (ConfigurableApplicationContext application = context) {
			List<String> answers = new ArrayList<>();
			answers.addAll((List<String>) application.getBean("injected", Supplier.class).get());
			WebClient balanced = application.getBean("balanced", WebClient.Builder.class).build();
			for (String alias : aliases) {
				answers.add(application.getBean(EasClients.class)
					.get(alias)
					.predict("over the client", String.class)
					.block(PATIENCE));
				answers.add(post(balanced, "http://" + alias + "/", "balanced"));
			}
			answers.add((String) application.getBean("shouting", Function.class).apply("over an interface"));
			answers.add(
					application.getBean(EasClients.class).get("other").blocking().predict("by a thread", String.class));
			answers.add(application.getBean(Changes.class).seen.block(PATIENCE));
			answers.add(get(application, "/actuator/eas"));
			answers.add(get(application, "/actuator/health"));
			return answers;
		}
	}

	private static String get(ConfigurableApplicationContext application, String path) {
		return WebClient.create()
			.get()
			.uri("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path)
			.retrieve()
			.bodyToMono(String.class)
			.block(PATIENCE);
	}

	private static String post(WebClient client, String uri, String body) {
		return client.post().uri(uri).bodyValue(body).retrieve().bodyToMono(String.class).block(PATIENCE);
	}

	/** The HTTP interface of the alias {@code other}. */
	public interface ShoutService {

		@PostExchange
		String shout(@RequestBody String words);

	}

	/** Keeps the first change of a list. */
	static class Changes {

		private final Sinks.One<String> first = Sinks.one();

		final Mono<String> seen = this.first.asMono();

		@EventListener
		void changed(EasEvent.InstancesChanged event) {
			this.first.tryEmitValue("changed");
		}

	}

}
