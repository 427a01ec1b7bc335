package io.eas.autoconfigure;

import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import io.eas.test.HouseRules;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the house, in this module.
 */
class HouseRulesTests {

	private static final JavaClasses CLASSES = HouseRules.check("io.eas")
		.that(resideInAnyPackage("io.eas.loadbalanced..", "io.eas.health..", "io.eas.event..", "io.eas.actuate..",
				"io.eas.server..", "io.eas.properties..", "io.eas.autoconfigure.."));

	@Test
	void eachPackageSeesOnlyThoseBeforeIt() {
		HouseRules.checkLayers(CLASSES, List.of("io.eas.loadbalanced", "io.eas.health", "io.eas.event",
				"io.eas.actuate", "io.eas.server", "io.eas.properties", "io.eas.autoconfigure"));
	}

	@Test
	void onlyPropertiesAndAutoConfigurationsKnowSpringBoot() {
		DescribedPredicate<JavaClass> boot = resideInAPackage("org.springframework.boot..");
		noClasses()
			.that(resideInAnyPackage("io.eas..").and(DescribedPredicate.not(resideInAnyPackage("io.eas.autoconfigure..",
					"io.eas.properties..", "io.eas.health..", "io.eas.actuate.."))))
			.should()
			.dependOnClassesThat(boot)
			.check(CLASSES);
		noClasses().that()
			.resideInAPackage("io.eas.health..")
			.should()
			.dependOnClassesThat(
					boot.and(DescribedPredicate.not(resideInAPackage("org.springframework.boot.health.."))))
			.check(CLASSES);
		noClasses().that()
			.resideInAPackage("io.eas.actuate..")
			.should()
			.dependOnClassesThat(
					boot.and(DescribedPredicate.not(resideInAPackage("org.springframework.boot.actuate.endpoint.."))))
			.check(CLASSES);
	}

	@Test
	void autoConfigurationsAreFinal() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.bePublic()
			.check(CLASSES);
	}

	@Test
	void autoConfigurationsHaveNoPublicMembers() {
		members().that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.notBePublic()
			.andShould()
			.notBeProtected()
			.check(CLASSES);
	}

	@Test
	void nothingBlocks() {
		noClasses().should()
			.callMethodWhere(aMethodNamed("block|blockFirst|blockLast|blockOptional|toIterable|toStream"))
			.check(CLASSES);
	}

	/** A call is an operator: what it subscribes to ends with it. */
	@Test
	void nobodyElseSubscribes() {
		noClasses().that()
			.haveNameNotMatching(".*\\.(TrackedExchange|TrackedBody)")
			.should()
			.callMethodWhere(aMethodNamed("subscribe|subscribeWith|connect|autoConnect"))
			.check(CLASSES);
	}

	/** A method of Mono or Flux. */
	private static DescribedPredicate<JavaMethodCall> aMethodNamed(String pattern) {
		return DescribedPredicate.describe("a method named " + pattern,
				(call) -> call.getName().matches(pattern) && (call.getTargetOwner().isAssignableTo(Mono.class)
						|| call.getTargetOwner().isAssignableTo(Flux.class)));
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
			.allMatch((JavaPackage room) -> room.isAnnotatedWith(NullMarked.class));
	}

}
