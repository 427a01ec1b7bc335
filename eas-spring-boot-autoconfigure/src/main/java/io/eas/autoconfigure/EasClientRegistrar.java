package io.eas.autoconfigure;

import java.util.Set;

import io.eas.client.EasClient;
import io.eas.client.EasServices;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
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
final class EasClientRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware, BeanFactoryAware {

	private @Nullable Environment environment;

	private @Nullable BeanFactory beanFactory;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		Environment env = this.environment;
		BeanFactory beans = this.beanFactory;
		if (env == null || beans == null) {
			throw new IllegalStateException("The registrar needs an environment and a bean factory");
		}
		Set<String> aliases = new EasServicesBinder(env).aliases();
		for (String alias : aliases) {
			registry.registerBeanDefinition(alias + "EasClient", client(alias, beans));
			registry.registerBeanDefinition(alias + "EasLoadBalancerSpecification", loadBalancer(alias));
		}
	}

	private static RootBeanDefinition client(String alias, BeanFactory beans) {
		RootBeanDefinition definition = new RootBeanDefinition(EasClient.class,
				() -> beans.getBean(EasServices.class).get(alias));
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, alias));
		return definition;
	}

	private static RootBeanDefinition loadBalancer(String alias) {
		return new RootBeanDefinition(LoadBalancerClientSpecification.class,
				() -> new LoadBalancerClientSpecification(alias,
						new Class<?>[] { EasLoadBalancerConfiguration.class }));
	}

}
