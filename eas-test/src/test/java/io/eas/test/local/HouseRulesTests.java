package io.eas.test.local;

import java.util.List;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.eas.test.HouseRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The rules of the house, in this module. */
class HouseRulesTests {

	private static final JavaClasses CLASSES = HouseRules.check("io.eas.test")
		.that(resideInAnyPackage("io.eas.test.stub", "io.eas.test.local", "io.eas.test.container"));

	@Test
	void eachPackageSeesOnlyThoseBeforeIt() {
		HouseRules.checkLayers(CLASSES, List.of("io.eas.test.stub", "io.eas.test.local", "io.eas.test.container"));
	}

	@Test
	void theStubNeedsTheClientOnly() {
		noClasses().that()
			.resideInAPackage("io.eas.test.stub")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.eas.emulator..", "io.eas.autoconfigure..", "org.springframework.boot..")
			.check(CLASSES);
	}

}
