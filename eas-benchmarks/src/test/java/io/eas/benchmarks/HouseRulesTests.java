package io.eas.benchmarks;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.eas.test.HouseRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

class HouseRulesTests {

	@Test
	void followsTheArchitectureRulesAndUsesInternalsOfTheClientInThreePlacesOnly() {
		JavaClasses classes = HouseRules.check("io.eas.benchmarks");
		noClasses().that()
			.doNotHaveSimpleName("OurPicks")
			.and()
			.doNotHaveSimpleName("OurPolls")
			.and()
			.haveNameNotMatching(".*\\.Simulated(Client|Instances)(\\$.*)?")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.eas.loadbalancer", "io.eas.discovery")
			.because("what is measured is what its users see")
			.check(classes);
	}

}
