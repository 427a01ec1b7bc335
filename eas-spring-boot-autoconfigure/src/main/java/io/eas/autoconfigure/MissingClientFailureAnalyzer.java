package io.eas.autoconfigure;

import java.util.Set;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.properties.EasServicesBinder;
import io.eas.properties.Likeness;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * Failure analyzer for an injection point with no matching {@link EasClient}, with
 * several of them, or with no {@link EasClients} because EAS is turned off. It lists the
 * configured aliases. Ordered before Spring Boot's own analyzer, which doesn't know the
 * aliases.
 */
class MissingClientFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> implements Ordered {

	private final Environment environment;

	MissingClientFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		ResolvableType type = cause.getResolvableType();
		boolean one = type != null && type.resolve() == EasClient.class;
		if (!one && (type == null || type.resolve() != EasClients.class)) {
			return null;
		}
		InjectionPoint point = point(innermost(rootFailure, UnsatisfiedDependencyException.class));
		String where = where(point);
		if (this.environment.getProperty("eas.enabled", "").equalsIgnoreCase("false")) {
			return new FailureAnalysis(
					where + (one ? " needs an EasClient, but there is none" : " needs EasClients, but there are none")
							+ ", since eas.enabled is false.",
					"Set eas.enabled to true; or, in a test, put a mock in the place of "
							+ (one ? "each client that is injected, as by @MockitoBean(\"<alias>\")."
									: "the clients, as by a field @MockitoBean EasClients."),
					cause);
		}
		return one ? analyze(cause, point, where) : null;
	}

	private FailureAnalysis analyze(NoSuchBeanDefinitionException cause, @Nullable InjectionPoint point, String where) {
		Set<String> aliases = new EasServicesBinder(this.environment).aliases();
		if (aliases.isEmpty()) {
			return new FailureAnalysis(where + " needs an EasClient, but no service is configured under eas.services.",
					"Configure one, such as eas.services.mnist.service-name, and see that eas.enabled isn't false.",
					cause);
		}
		String one = Likeness.nearest(wanted(point), aliases).orElse(aliases.iterator().next());
		String known = "Configured under eas.services are: " + String.join(", ", aliases) + ".";
		String remedy = "Add @Qualifier(\"" + one
				+ "\"), or a @Qualifier with another of these aliases, to the parameter or field; or name the "
				+ "parameter " + "or field after the alias, in camel case; or inject EasClients and call get(\"" + one
				+ "\").";
		if (cause instanceof NoUniqueBeanDefinitionException) {
			return new FailureAnalysis(where + " needs an EasClient, but doesn't say of which service. " + known,
					remedy, cause);
		}
		return new FailureAnalysis(where + " needs the EasClient of a service that isn't configured. " + known, remedy,
				cause);
	}

	private static @Nullable InjectionPoint point(@Nullable UnsatisfiedDependencyException failure) {
		return (failure != null) ? failure.getInjectionPoint() : null;
	}

	private static String where(@Nullable InjectionPoint point) {
		if (point == null) {
			return "A bean";
		}
		Qualifier qualifier = point.getAnnotation(Qualifier.class);
		return "The injection point in " + point.getMember().getDeclaringClass().getSimpleName()
				+ ((qualifier != null) ? " with @Qualifier(\"" + qualifier.value() + "\")" : "");
	}

	/**
	 * Returns the name that the injection point asks for: its qualifier, or the name of
	 * the parameter or field.
	 */
	private static String wanted(@Nullable InjectionPoint point) {
		if (point == null) {
			return "";
		}
		Qualifier qualifier = point.getAnnotation(Qualifier.class);
		if (qualifier != null) {
			return qualifier.value().replaceFirst("EasClient$", "");
		}
		MethodParameter parameter = point.getMethodParameter();
		return (parameter != null) ? parameter.getParameter().getName() : point.getMember().getName();
	}

	private static <E extends Throwable> @Nullable E innermost(Throwable failure, Class<E> type) {
		E last = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			last = type.isInstance(cause) ? type.cast(cause) : last;
		}
		return last;
	}

}
