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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the house, in this module.
 */
class HouseRulesTests {

	/** Each sees only those before it. */
	private static final List<String> ROOMS = List.of("http", "instance", "discovery", "probe", "snapshot",
			"loadbalancer", "client", "health", "metrics", "server", "autoconfigure");

	private static final JavaClasses CLASSES = HouseRules.check("io.eas")
		.that(resideOutsideOfPackages("io.eas.deployment..", "io.eas.emulator..", "io.eas.protobuf..",
				"io.eas.test.."));

	@Test
	void areKeptByEveryRoom() {
		assertThat(CLASSES.stream().map((type) -> type.getPackageName().replace("io.eas.", "")).distinct())
			.containsExactlyInAnyOrderElementsOf(ROOMS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "instance", "discovery", "probe", "snapshot", "loadbalancer", "client", "health",
			"metrics", "server" })
	void aRoomSeesNoneOfThoseAfterIt(String room) {
		String[] after = ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size())
			.stream()
			.map((name) -> "io.eas." + name + "..")
			.toArray(String[]::new);
		noClasses().that()
			.resideInAPackage("io.eas." + room + "..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(after)
			.check(CLASSES);
	}

	@Test
	void onlyTheAutoConfigurationKnowsSpringBoot() {
		DescribedPredicate<JavaClass> boot = resideInAPackage("org.springframework.boot..");
		noClasses()
			.that(resideInAnyPackage("io.eas..")
				.and(DescribedPredicate.not(resideInAnyPackage("io.eas.autoconfigure..", "io.eas.health.."))))
			.should()
			.dependOnClassesThat(boot)
			.check(CLASSES);
		noClasses().that()
			.resideInAPackage("io.eas.health..")
			.should()
			.dependOnClassesThat(
					boot.and(DescribedPredicate.not(resideInAPackage("org.springframework.boot.health.."))))
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
	@ParameterizedTest
	@ValueSource(strings = { "io.eas.discovery.DiscoveryPoller", "io.eas.probe.ProbeRounds", "io.eas.probe.ProbeWorker",
			"io.eas.client.CallExecution", "io.eas.client.Route", "io.eas.client.AnswerReader",
			"io.eas.client.AnswerStream", "io.eas.client.StreamedElements" })
	void theySubscribe(String name) {
		assertThat(CLASSES.get(name).getMethodCallsFromSelf()).anyMatch(aMethodNamed("subscribe"));
	}

	@Test
	void nobodyElseSubscribes() {
		noClasses().that()
			.haveNameNotMatching(
					".*\\.(DiscoveryPoller|ProbeRounds|ProbeWorker|CallExecution|Route|AnswerReader|AnswerStream|StreamedElements"
							+ "|WatchedExchange|WatchedBody)")
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
