package io.eas.sample.app;

import io.eas.test.HouseRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

class HouseRulesTests {

	@Test
	void followsTheArchitectureRulesAndCodeAsWrittenByUsersDoesNotDependOnTheLocalEas() {
		noClasses().that()
			.resideInAPackage("io.eas.sample.app")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.eas.emulator..", "..local", "..walkthrough")
			.check(HouseRules.check("io.eas.sample.app"));
	}

}
