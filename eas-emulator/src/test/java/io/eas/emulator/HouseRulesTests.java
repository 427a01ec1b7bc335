package io.eas.emulator;

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

	private static final JavaClasses CLASSES = HouseRules.check("io.eas.emulator");

	@Test
	void aPackageSeesOnlyTheLayersBelowIt() {
		layeredArchitecture().consideringOnlyDependenciesInLayers()
			.ensureAllClassesAreContainedInArchitecture()
			.layer("net")
			.definedBy("io.eas.emulator.net")
			.layer("token")
			.definedBy("io.eas.emulator.token")
			.layer("process")
			.definedBy("io.eas.emulator.process")
			.layer("probe")
			.definedBy("io.eas.emulator.probe")
			.layer("lifecycle")
			.definedBy("io.eas.emulator.lifecycle")
			.layer("instance")
			.definedBy("io.eas.emulator.instance")
			.layer("llm")
			.definedBy("io.eas.emulator.llm")
			.layer("discovery")
			.definedBy("io.eas.emulator.discovery")
			.layer("admin")
			.definedBy("io.eas.emulator.admin")
			.layer("emulator")
			.definedBy("io.eas.emulator")
			.layer("cli")
			.definedBy("io.eas.emulator.cli")
			.whereLayer("net")
			.mayNotAccessAnyLayer()
			.whereLayer("token")
			.mayOnlyAccessLayers("net")
			.whereLayer("process")
			.mayOnlyAccessLayers("net")
			.whereLayer("probe")
			.mayOnlyAccessLayers("net", "process")
			.whereLayer("lifecycle")
			.mayOnlyAccessLayers("probe")
			.whereLayer("instance")
			.mayOnlyAccessLayers("net", "token", "process", "probe", "lifecycle")
			.whereLayer("llm")
			.mayOnlyAccessLayers("net", "instance")
			.whereLayer("discovery")
			.mayOnlyAccessLayers("net")
			.whereLayer("admin")
			.mayOnlyAccessLayers("net", "lifecycle", "instance")
			.whereLayer("emulator")
			.mayOnlyBeAccessedByLayers("cli")
			.whereLayer("cli")
			.mayNotBeAccessedByAnyLayer()
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
