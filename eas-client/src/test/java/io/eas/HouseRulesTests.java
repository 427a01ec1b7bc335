package io.eas;

import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import io.eas.test.HouseRules;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the house, in this module.
 */
class HouseRulesTests {

	private static final JavaClasses CLASSES = HouseRules.check("io.eas")
		.that(resideOutsideOfPackages("io.eas.deployment..", "io.eas.emulator..", "io.eas.protobuf..",
				"io.eas.test.."));

	@Test
	void eachPackageSeesOnlyThoseBeforeIt() {
		HouseRules.checkLayers(CLASSES,
				List.of("io.eas.settings", "io.eas.instance", "io.eas.http", "io.eas.discovery",
						"io.eas.discovery.snapshot", "io.eas.discovery.probe", "io.eas.loadbalancer",
						"io.eas.loadbalancer.weighted", "io.eas.loadbalancer.hash", "io.eas.loadbalancer.prefix",
						"io.eas.loadbalancer.selection", "io.eas.client", "io.eas.client.auth", "io.eas.client.codec",
						"io.eas.client.retry", "io.eas.client.request", "io.eas.client.call", "io.eas.service",
						"io.eas.metrics", "io.eas"));
	}

	@Test
	void thereIsNeitherSpringBootNorSpringCloudNorABean() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.boot..", "org.springframework.cloud..",
					"org.springframework.context..", "org.springframework.beans..")
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
	@ValueSource(strings = { "io.eas.discovery.DiscoveryPoller", "io.eas.discovery.probe.ProbeRounds",
			"io.eas.discovery.probe.ProbeWorker", "io.eas.client.call.Failover",
			"io.eas.client.call.ConnectionChecks$Round", "io.eas.client.call.InstanceConnections",
			"io.eas.client.call.AnswerReader", "io.eas.client.call.StreamedBytes",
			"io.eas.client.call.StreamedElements", "io.eas.client.auth.SuppliedToken",
			"io.eas.service.EngineLoadPoller", "io.eas.http.BlockingResult", "io.eas.client.call.BodyInputStream" })
	void theySubscribe(String name) {
		assertThat(CLASSES.get(name).getMethodCallsFromSelf()).anyMatch(aMethodNamed("subscribe"));
	}

	@Test
	void nobodyElseSubscribes() {
		noClasses().that()
			.haveNameNotMatching(
					".*\\.(DiscoveryPoller|ProbeRounds|ProbeWorker|Failover|ConnectionChecks\\$Round|InstanceConnections|AnswerReader|StreamedBytes|StreamedElements|SuppliedToken|EngineLoadPoller|BlockingResult|BodyInputStream)")
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
			.allMatch((JavaPackage found) -> found.isAnnotatedWith(NullMarked.class));
	}

}
