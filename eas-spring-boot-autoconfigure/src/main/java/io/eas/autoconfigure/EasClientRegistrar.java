package io.eas.autoconfigure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eas.client.EasClient;
import io.eas.properties.EasServicesBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClientSpecification;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ObjectUtils;

/**
 * Registers, for each alias, the client and the load balancer of {@code http://alias/}.
 * The client can be injected with {@code @Qualifier("alias")}, into a parameter or field
 * with that name or, if it is the only client, by its type alone.
 */
final class EasClientRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware {

	private static final Pattern DASHED = Pattern.compile("-+(.)");

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
			registry.registerBeanDefinition(beanName(alias), client(alias));
			registerLoadBalancer(alias, registry);
		}
	}

	private static String beanName(String alias) {
		return alias + "EasClient";
	}

	/**
	 * Registers the alias of each client as another bean name, in camel case if the alias
	 * has dashes. A client is then injected into a parameter or field of that name. Must
	 * be called after all beans have been registered, since beans of the application with
	 * such a name take precedence.
	 * @param beans the bean factory that contains the clients
	 */
	static void nameClients(ConfigurableListableBeanFactory beans) {
		// looked up by name: a lookup by type would create other beans too early
		Environment environment = beans.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME,
				Environment.class);
		for (String alias : new EasServicesBinder(environment).aliases()) {
			String name = DASHED.matcher(alias).replaceAll((letter) -> letter.group(1).toUpperCase(Locale.ROOT));
			if (beans.containsBeanDefinition(beanName(alias)) && !beans.containsBean(name)) {
				beans.registerAlias(beanName(alias), name);
			}
		}
	}

	/**
	 * Returns the bean definition of a client. The bean is lazy, since a service works
	 * without it.
	 */
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

	/**
	 * Registers the load balancer of an alias. There can be only one specification per
	 * alias, so a specification from {@code @LoadBalancerClient} is kept and extended.
	 */
	private static void registerLoadBalancer(String alias, BeanDefinitionRegistry registry) {
		String annotated = alias + ".LoadBalancerClientSpecification";
		if (registry.containsBeanDefinition(annotated)) {
			ValueHolder configuration = registry.getBeanDefinition(annotated)
				.getConstructorArgumentValues()
				.getIndexedArgumentValues()
				.get(1);
			if (configuration != null) {
				configuration.setValue(withOurs(configuration.getValue()));
			}
		}
		else {
			registry.registerBeanDefinition(alias + "EasLoadBalancerSpecification", loadBalancer(alias));
		}
	}

	private static String[] withOurs(@Nullable Object configuration) {
		Stream<Class<?>> ours = Stream.of(EasLoadBalancerConfiguration.class);
		return Stream.concat(Arrays.stream(ObjectUtils.toObjectArray(configuration)), ours)
			.map((type) -> (type instanceof Class<?> loaded) ? loaded.getName() : type.toString())
			.toArray(String[]::new);
	}

	/**
	 * Returns the specification of the load balancer. It is ordered first, so that a
	 * specification of the application takes precedence: of several for one alias, the
	 * last is used.
	 */
	private static RootBeanDefinition loadBalancer(String alias) {
		RootBeanDefinition definition = new RootBeanDefinition(LoadBalancerClientSpecification.class);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, alias);
		definition.getConstructorArgumentValues()
			.addIndexedArgumentValue(1, new Class<?>[] { EasLoadBalancerConfiguration.class });
		definition.setAttribute(AbstractBeanDefinition.ORDER_ATTRIBUTE, Ordered.HIGHEST_PRECEDENCE);
		return definition;
	}

}
