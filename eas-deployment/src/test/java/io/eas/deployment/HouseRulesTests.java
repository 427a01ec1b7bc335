package io.eas.deployment;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.eas.test.HouseRules;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The structure of this module: which packages there are, what each of them sees, and how
 * large one may be.
 */
class HouseRulesTests {

	private static final int LARGEST_PACKAGE = 35;

	private static final JavaClasses CLASSES = HouseRules.check("io.eas.deployment");

	@Test
	void aPackageSeesOnlyTheLayersBelowIt() {
		layeredArchitecture().consideringOnlyDependenciesInLayers()
			.ensureAllClassesAreContainedInArchitecture()
			.layer("model")
			.definedBy("io.eas.deployment.model")
			.layer("finding")
			.definedBy("io.eas.deployment.finding")
			.layer("reader")
			.definedBy("io.eas.deployment.reader")
			.layer("writer")
			.definedBy("io.eas.deployment.writer")
			.layer("validation")
			.definedBy("io.eas.deployment.validation")
			.layer("explanation")
			.definedBy("io.eas.deployment.explanation")
			.layer("generation")
			.definedBy("io.eas.deployment.generation")
			.layer("cli")
			.definedBy("io.eas.deployment.cli")
			.whereLayer("cli")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("generation")
			.mayOnlyBeAccessedByLayers("cli")
			.whereLayer("explanation")
			.mayOnlyBeAccessedByLayers("cli")
			.whereLayer("validation")
			.mayOnlyBeAccessedByLayers("cli")
			.whereLayer("reader")
			.mayOnlyBeAccessedByLayers("validation", "explanation", "generation", "cli")
			.whereLayer("writer")
			.mayOnlyBeAccessedByLayers("validation", "explanation", "generation", "cli")
			.whereLayer("finding")
			.mayNotAccessAnyLayer()
			.whereLayer("model")
			.mayNotAccessAnyLayer()
			.check(CLASSES);
	}

	@Test
	void noPackageIsTooLarge() {
		Map<String, List<String>> packages = CLASSES.stream()
			.filter(JavaClass::isTopLevelClass)
			.collect(Collectors.groupingBy(JavaClass::getPackageName,
					Collectors.mapping(JavaClass::getSimpleName, Collectors.toList())));
		assertThat(packages)
			.allSatisfy((name, types) -> assertThat(types).as(name).hasSizeLessThanOrEqualTo(LARGEST_PACKAGE));
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
			.allSatisfy((each) -> assertThat(each.isAnnotatedWith(NullMarked.class)).as(each.getName()).isTrue());
	}

}
