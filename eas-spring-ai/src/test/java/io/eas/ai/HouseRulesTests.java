package io.eas.ai;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import io.eas.test.HouseRules;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the house, in this module.
 */
class HouseRulesTests {

	private static final JavaClasses CLASSES = HouseRules.check("io.eas.ai");

	@Test
	void onlyAutoConfigurationsArePublic() {
		assertThat(CLASSES)
			.filteredOn((found) -> found.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
			.allMatch((JavaClass found) -> found.isAnnotatedWith(AutoConfiguration.class));
	}

	@Test
	void callsKnowNothingOfSpringBoot() {
		noClasses().that()
			.haveSimpleNameStartingWith("Alias")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot..")
			.check(CLASSES);
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
			.allMatch((JavaPackage found) -> found.isAnnotatedWith(NullMarked.class));
	}

}
