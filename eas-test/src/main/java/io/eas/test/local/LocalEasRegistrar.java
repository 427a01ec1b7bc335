package io.eas.test.local;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.eas.autoconfigure.EasConnectionDetails;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedService;
import io.eas.emulator.EmulatorBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.annotation.DeterminableImports;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Registers the emulator that {@link LocalEas} describes, with its services, and the
 * beans and properties that connect the application to it. The properties are set before
 * the auto-configuration reads them, since the auto-configuration is processed after all
 * other imports.
 */
final class LocalEasRegistrar
		implements ImportBeanDefinitionRegistrar, DeterminableImports, EnvironmentAware, BeanFactoryAware {

	/** The name of the emulator's bean. */
	static final String EMULATOR = "localEasEmulator";

	private @Nullable ConfigurableEnvironment environment;

	private @Nullable AutowireCapableBeanFactory beans;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = (ConfigurableEnvironment) environment;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beans = (AutowireCapableBeanFactory) beanFactory;
	}

	/**
	 * Returns the annotation of a test class. Spring compares the annotations to decide
	 * which tests can share a context.
	 */
	@Override
	public Set<Object> determineImports(AnnotationMetadata metadata) {
		Class<?> type = ClassUtils.resolveClassName(metadata.getClassName(), null);
		return MergedAnnotations.search(SearchStrategy.TYPE_HIERARCHY)
			.withEnclosingClasses(ClassUtils::isInnerClass)
			.from(type)
			.stream(LocalEas.class)
			.map((annotation) -> (Object) annotation.synthesize())
			.collect(Collectors.toSet());
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		ConfigurableEnvironment environment = Objects.requireNonNull(this.environment);
		LocalEas annotation = metadata.getAnnotations().get(LocalEas.class).synthesize();
		Binder properties = Binder.get(environment);
		List<LocalService> services = Arrays.stream(annotation.value())
			.map((service) -> LocalService.of(service, properties))
			.toList();
		if (services.isEmpty() || registry.containsBeanDefinition(EMULATOR)) {
			throw new IllegalArgumentException("@LocalEas on " + metadata.getClassName()
					+ (services.isEmpty() ? " has no service; add @LocalEas.Service(alias = …)"
							: " is the second one of this application " + "context; name all services in one"));
		}
		environment.getPropertySources().addFirst(new MapPropertySource("localEas", properties(services)));
		registry.registerBeanDefinition(EMULATOR, emulator(annotation.port(), services));
		registry.registerBeanDefinition("localEasConnectionDetails", details(services));
		services.forEach(
				(service) -> registry.registerBeanDefinition(service.alias() + "LocalEasService", service(service)));
	}

	private static Map<String, Object> properties(List<LocalService> services) {
		Map<String, Object> properties = new LinkedHashMap<>();
		services.forEach((service) -> properties.putAll(service.properties()));
		return properties;
	}

	/** The emulator outlives the context only if DevTools restarts the application. */
	private RootBeanDefinition emulator(int port, List<LocalService> services) {
		boolean restarts = DevTools.restart();
		RootBeanDefinition definition = new RootBeanDefinition(EasEmulator.class, () -> {
			AutowireCapableBeanFactory beans = Objects.requireNonNull(this.beans);
			EmulatorBuilder builder = EasEmulator.builder().port(port).shutdownHook(restarts);
			services.forEach((service) -> service.addTo(builder, beans::createBean));
			return builder.build().start();
		});
		definition.setDestroyMethodName("close");
		if (restarts) {
			definition.setScope("restart");
		}
		return definition;
	}

	private RootBeanDefinition details(List<LocalService> services) {
		Set<String> aliases = services.stream().map(LocalService::alias).collect(Collectors.toSet());
		Supplier<EasEmulator> emulator = this::emulator;
		RootBeanDefinition definition = new RootBeanDefinition(EasConnectionDetails.class,
				() -> (alias) -> aliases.contains(alias) ? emulator.get().endpoint() : null);
		definition.setDependsOn(EMULATOR);
		definition.setPrimary(true);
		return definition;
	}

	private RootBeanDefinition service(LocalService service) {
		RootBeanDefinition definition = new RootBeanDefinition(EmulatedService.class,
				() -> emulator().service(service.name()));
		definition.setLazyInit(true);
		definition.addQualifier(new AutowireCandidateQualifier(LocalEasService.class, service.alias()));
		return definition;
	}

	private EasEmulator emulator() {
		return Objects.requireNonNull(this.beans).getBean(EMULATOR, EasEmulator.class);
	}

	/** Access to DevTools, if the application has it. */
	private static final class DevTools {

		private static final boolean PRESENT = ClassUtils
			.isPresent("org.springframework.boot.devtools.restart.Restarter", DevTools.class.getClassLoader());

		private DevTools() {
		}

		/** Returns whether this application is restarted when its classes change. */
		static boolean restart() {
			return PRESENT && Restarting.now();
		}

	}

	/** Loaded only if the application has DevTools. */
	private static final class Restarting {

		private Restarting() {
		}

		static boolean now() {
			try {
				return Restarter.getInstance().getInitialUrls() != null;
			}
			catch (IllegalStateException ex) {
				// DevTools hasn't been started
				return false;
			}
		}

	}

}
