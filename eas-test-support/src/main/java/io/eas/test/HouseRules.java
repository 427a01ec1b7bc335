package io.eas.test;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Architecture rules for every module.
 */
public final class HouseRules {

	private static final ArchRule NO_PACKAGE_CYCLES = SlicesRuleDefinition.slices()
		.matching("io.eas.(**)")
		.should()
		.beFreeOfCycles()
		.allowEmptyShould(true);

	private static final ArchRule NO_PACKAGES_THAT_HIDE = noClasses().should()
		.resideInAnyPackage("..impl..", "..internal..", "..util..")
		.because("what is not for others is package-private");

	private static final ArchRule NO_NAMES_THAT_SAY_NOTHING = noClasses().should()
		.haveNameMatching(".*(Manager|Helper|Utils?|Impl)")
		.because("a name says what a class is");

	/** Excludes test classes, in whichever directory a profile compiles them. */
	private static final ImportOption NO_TESTS = (location) -> !location.contains("/test-classes/");

	private HouseRules() {
	}

	/**
	 * Checks all classes of a package and its subpackages, except tests.
	 * @param basePackage the module's own package, such as {@code io.eas.emulator}
	 * @return the checked classes, for the module's own rules
	 * @throws AssertionError if a rule is broken; the message contains the class and the
	 * line
	 */
	public static JavaClasses check(String basePackage) {
		JavaClasses classes = new ClassFileImporter().withImportOption(NO_TESTS)
			.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
			.importPackages(basePackage);
		NO_PACKAGE_CYCLES.check(classes);
		NO_PACKAGES_THAT_HIDE.check(classes);
		NO_NAMES_THAT_SAY_NOTHING.check(classes);
		return classes;
	}

	/**
	 * Checks that the classes are in exactly these packages, and that each package
	 * depends only on packages listed before it.
	 * @param classes the classes of a module
	 * @param packages full names of the packages, the lowest layer first
	 * @throws AssertionError if a package is missing or not listed, or depends on a
	 * package listed after it
	 */
	public static void checkLayers(JavaClasses classes, List<String> packages) {
		Set<String> found = new TreeSet<>();
		classes.forEach((type) -> found.add(type.getPackageName()));
		if (!found.equals(new TreeSet<>(packages))) {
			throw new AssertionError("The packages are " + found + ", the layers " + packages);
		}
		for (int i = 0; i < packages.size() - 1; i++) {
			noClasses().that()
				.resideInAPackage(packages.get(i))
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(packages.subList(i + 1, packages.size()).toArray(String[]::new))
				.check(classes);
		}
	}

}
