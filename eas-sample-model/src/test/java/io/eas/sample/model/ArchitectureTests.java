package io.eas.sample.model;

import io.eas.test.HouseRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

class ArchitectureTests {

	@Test
	void followsTheArchitectureRules() {
		HouseRules.check("io.eas.sample.model");
	}

	@Test
	void serviceDoesNotDependOnTheTraining() {
		noClasses().that()
			.resideOutsideOfPackage("..training")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("..training")
			.check(HouseRules.check("io.eas.sample.model"));
	}

	@Test
	void trainingUsesTheJdkOnly() {
		noClasses().that()
			.resideInAnyPackage("..training", "..network")
			.should()
			.dependOnClassesThat()
			.resideOutsideOfPackages("java..", "io.eas.sample.model..", "org.jspecify..")
			.check(HouseRules.check("io.eas.sample.model"));
	}

}
