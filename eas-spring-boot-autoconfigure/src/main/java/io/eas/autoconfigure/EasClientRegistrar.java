package io.eas.autoconfigure;

import java.util.Set;

import io.eas.client.EasClient;
import io.eas.properties.EasServicesBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClientSpecification;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers for each alias the client, to be injected by {@code @Qualifier("alias")} or,
 * if it is the only one, as it is; and the load balancer behind {@code http://alias/}.
 */
final class EasClientRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware {

	private @Nullable Environment environment;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		Environment env = this.environment;
		if (env == null) {
			throw new IllegalStateException("The registrar needs an environment");
		}
		Set<String> aliases = new EasServicesBinder(env).aliases();
		for (String alias : aliases) {
			registry.registerBeanDefinition(alias + "EasClient", client(alias));
			registry.registerBeanDefinition(alias + "EasLoadBalancerSpecification", loadBalancer(alias));
		}
	}

	/** Made for who injects it: the services are there without their beans. */
	private static RootBeanDefinition client(String alias) {
		RootBeanDefinition definition = new RootBeanDefinition(EasClient.class);
		definition.setTargetType(EasClient.class);
		definition.setLazyInit(true);
		definition.setFactoryBeanName("easServices");
		definition.setFactoryMethodName("get");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, alias);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, alias));
		return definition;
	}

	private static RootBeanDefinition loadBalancer(String alias) {
		RootBeanDefinition definition = new RootBeanDefinition(LoadBalancerClientSpecification.class);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, alias);
		definition.getConstructorArgumentValues()
			.addIndexedArgumentValue(1, new Class<?>[] { EasLoadBalancerConfiguration.class });
		return definition;
	}

}
