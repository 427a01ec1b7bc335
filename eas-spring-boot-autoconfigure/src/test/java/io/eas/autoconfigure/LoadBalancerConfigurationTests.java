package io.eas.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import io.eas.loadbalanced.EasLoadBalancer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancerBeanPostProcessorAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClientSpecification;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.core.RandomLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application's own configuration of Spring Cloud LoadBalancer, for all names and for
 * one alias.
 */
class LoadBalancerConfigurationTests {

	private static final EasEmulator EAS = EasEmulator.builder()
		.admin(false)
		.service("echo",
				(service) -> service.instances(1,
						(instance) -> instance.handler((request) -> Mono.just(EmulatedResponse.text(200, "echo")))))
		.build()
		.start();

	private final ApplicationContextRunner application = LocalEas.application()
		.withUserConfiguration(Balanced.class)
		.withPropertyValues("eas.endpoint=" + EAS.endpoint(), "eas.auth.scheme=none",
				"eas.discovery.allowed-networks=127.0.0.0/8", "eas.services.my-llm.service-name=echo",
				"eas.services.other.service-name=echo");

	@AfterAll
	static void stop() {
		EAS.close();
	}

	@Test
	void defaultConfigurationDoesNotReplaceTheBalancerOfAnAlias() {
		this.application.withUserConfiguration(ForAllNames.class).run((context) -> {
			assertThat(balancer(context, "my-llm")).isInstanceOf(EasLoadBalancer.class);
			assertThat(balancer(context, "elsewhere")).isInstanceOf(RandomLoadBalancer.class);
			assertThat(get(context, "my-llm")).isEqualTo("echo");
		});
	}

	@Test
	void primaryBeansOfDefaultConfigurationDoNotReplaceTheBalancerOfAnAlias() {
		this.application.withUserConfiguration(PrimaryForAllNames.class).run((context) -> {
			assertThat(balancer(context, "my-llm")).isInstanceOf(EasLoadBalancer.class);
			assertThat(get(context, "my-llm")).isEqualTo("echo");
		});
	}

	@Test
	void balancerConfiguredForAnAliasReplacesOursAndPicksFromItsInstances() {
		this.application.withUserConfiguration(ForOneAlias.class).run((context) -> {
			assertThat(balancer(context, "my-llm")).isInstanceOf(RandomLoadBalancer.class);
			assertThat(balancer(context, "other")).isInstanceOf(EasLoadBalancer.class);
			assertThat(get(context, "my-llm")).isEqualTo("echo");
		});
	}

	@Test
	void listConfiguredForAnAliasReplacesOurs() {
		this.application.withUserConfiguration(ListForOneAlias.class)
			.run((context) -> assertThat(Mono.from(balancer(context, "my-llm").choose()).block().getServer().getHost())
				.isEqualTo("elsewhere"));
	}

	@Test
	void configurationForAnAliasWithoutABalancerKeepsOurs() {
		this.application.withUserConfiguration(NothingForOneAlias.class)
			.run((context) -> assertThat(balancer(context, "my-llm")).isInstanceOf(EasLoadBalancer.class));
	}

	@Test
	void specificationThatAnApplicationDefinesAsABeanReplacesOurs() {
		this.application
			.withBean(LoadBalancerClientSpecification.class,
					() -> new LoadBalancerClientSpecification("my-llm", new Class<?>[] { ListOfInstances.class }))
			.run((context) -> assertThat(Mono.from(balancer(context, "my-llm").choose()).block().getServer().getHost())
				.isEqualTo("elsewhere"));
	}

	private static ReactorLoadBalancer<ServiceInstance> balancer(ApplicationContext context, String name) {
		return (ReactorLoadBalancer<ServiceInstance>) context.getBean(LoadBalancerClientFactory.class)
			.getInstance(name);
	}

	private static String get(ApplicationContext context, String alias) {
		return context.getBean(WebClient.Builder.class)
			.build()
			.get()
			.uri("http://" + alias + "/")
			.retrieve()
			.bodyToMono(String.class)
			.block(Duration.ofSeconds(20));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LoadBalancerAutoConfiguration.class, EasWebClientAutoConfiguration.class,
			ReactorLoadBalancerClientAutoConfiguration.class, LoadBalancerBeanPostProcessorAutoConfiguration.class })
	static class Balanced {

		@Bean
		@LoadBalanced
		WebClient.Builder balanced() {
			return WebClient.builder();
		}

	}

	static class OwnBalancer {

		@Bean
		ReactorLoadBalancer<ServiceInstance> randomLoadBalancer(Environment environment,
				LoadBalancerClientFactory factory) {
			String name = LoadBalancerClientFactory.getName(environment);
			return new RandomLoadBalancer(factory.getLazyProvider(name, ServiceInstanceListSupplier.class), name);
		}

	}

	static class ListOfInstances {

		@Bean
		ServiceInstanceListSupplier instances(Environment environment) {
			return new FixedList(LoadBalancerClientFactory.getName(environment));
		}

	}

	private record FixedList(String name) implements ServiceInstanceListSupplier {

		@Override
		public String getServiceId() {
			return this.name;
		}

		@Override
		public Flux<List<ServiceInstance>> get() {
			return Flux.just(List.of(new DefaultServiceInstance("1", this.name, "elsewhere", 80, false)));
		}

	}

	static class PrimaryBalancer extends OwnBalancer {

		@Bean
		@Primary
		@Override
		ReactorLoadBalancer<ServiceInstance> randomLoadBalancer(Environment environment,
				LoadBalancerClientFactory factory) {
			return super.randomLoadBalancer(environment, factory);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@LoadBalancerClients(defaultConfiguration = { OwnBalancer.class, ListOfInstances.class })
	static class ForAllNames {

	}

	@Configuration(proxyBeanMethods = false)
	@LoadBalancerClients(defaultConfiguration = PrimaryBalancer.class)
	static class PrimaryForAllNames {

	}

	@Configuration(proxyBeanMethods = false)
	@LoadBalancerClient(name = "my-llm", configuration = OwnBalancer.class)
	static class ForOneAlias {

	}

	@Configuration(proxyBeanMethods = false)
	@LoadBalancerClient(name = "my-llm", configuration = ListOfInstances.class)
	static class ListForOneAlias {

	}

	@Configuration(proxyBeanMethods = false)
	@LoadBalancerClient("my-llm")
	static class NothingForOneAlias {

	}

}
