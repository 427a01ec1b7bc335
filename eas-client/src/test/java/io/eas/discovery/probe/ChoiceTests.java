package io.eas.discovery.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.eas.discovery.probe.Choice.Basis;
import io.eas.instance.EasInstance;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rule of which instances are used. An instance is a name, the letters of its results
 * (- for none) and its weight, 100 unless another is given: {@code a:sf:10}.
 */
class ChoiceTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			// listed | departed | before-use | basis | used

			// what passes, and nothing else, as long as enough does
			"a:s b:s c:s       | | true  | PROVEN    | a b c", //
			"a:s b:s c:f       | | true  | PROVEN    | a b", //
			"a:s b:f           | | true  | PROVEN    | a", //
			"a:s b:sf c:s      | | true  | PROVEN    | a c", //
			"a:s b:- c:-       | | true  | PROVEN    | a", //
			"a:s b:- c:f       | | true  | PROVEN    | a", //

			// where most fails, the probe is doubted
			"a:s b:f c:f       | | true  | DOUBTED   | a b c", //
			"a:f b:f c:f       | | true  | DOUBTED   | a b c", //
			"a:f               | | true  | DOUBTED   | a", //
			"a:s b:- c:f d:f e:f | | true | DOUBTED  | a b c d e", //
			"a:s b:- c:f d:f   | | true  | PROVEN    | a", //
			"a:- b:f c:f       | | true  | DOUBTED   | a b c", //

			// by weight
			"a:s:10 b:f:9 c:f:1  | | true | PROVEN   | a", //
			"a:s:10 b:f:9 c:f:2  | | true | DOUBTED  | a b c", //
			"a:s:1 b:f:0 c:f:0   | | true | PROVEN   | a", //
			"a:f:1 b:s:0 c:s:0   | | true | DOUBTED  | a b c", //
			"a:s:0 b:s:0 c:f:0   | | true | PROVEN   | a b", //
			"a:s:0 b:f:0 c:f:0   | | true | DOUBTED  | a b c", //

			// nothing of a new list has passed: no reason to doubt, and no call
			"a:-               | | true  | UNDECIDED | ''", //
			"a:- b:f           | | true  | UNDECIDED | ''", //
			"a:-:100 b:s:0     | | true  | UNDECIDED | ''", //

			// the old list stays as long as nothing else has passed
			"a:- b:-           | x:s y:s  | true  | DEPARTED  | x y", //
			"a:- b:f           | x:s y:f  | true  | DEPARTED  | x", //
			"a:f b:f           | x:s      | true  | DEPARTED  | x", //
			"a:- b:-           | x:f y:f  | true  | UNDECIDED | ''", //
			"a:- b:-           | x:-      | true  | UNDECIDED | ''", //
			"a:f b:f           | x:f      | true  | DOUBTED   | a b", //
			"a:-:100 b:s:0     | x:s      | true  | DEPARTED  | b x", //

			// and until most of the new one has, by weight
			"a:s b:- c:-       | x:s y:s  | true  | DEPARTED  | a x y", //
			"a:s b:- c:-       | x:s y:sf | true  | DEPARTED  | a x", //
			"a:s b:- c:-       | x:sf     | true  | PROVEN    | a", //
			"a:s b:s c:- d:-   | x:s      | true  | DEPARTED  | a b x", //
			"a:s b:s c:-       | x:s      | true  | PROVEN    | a b", //
			"a:s:9 b:-:10      | x:s      | true  | DEPARTED  | a x", //
			"a:s:10 b:-:9      | x:s      | true  | PROVEN    | a", //
			"a:s:0 b:-:0       | x:s      | true  | DEPARTED  | a x", //
			"a:s b:- c:- d:- e:- f:- | u:s v:s w:s x:s y:s z:s | true | DEPARTED | a u v w x y z", //
			"a:- b:- c:f d:f   | x:s      | false | DEPARTED  | a b x", //

			// unless most of the new one fails, and it doesn't
			"a:s b:f c:f       | x:s y:sf | true  | DEPARTED  | a x", //
			"a:s b:f c:f       | x:sf     | true  | DOUBTED   | a b c", //
			"a:s b:f           | x:s      | true  | DEPARTED  | a x", //

			// without before-use, what has not failed is fit
			"a:- b:- c:-       | x:s      | false | PROVEN    | a b c", //
			"a:- b:s c:f       |          | false | PROVEN    | a b", //
			"a:- b:f c:f       |          | false | DOUBTED   | a b c", //
			"a:f b:f           | x:s      | false | DEPARTED  | x", //
			"a:f b:f           | x:-      | false | DOUBTED   | a b" })
	void choiceFollowsTheTable(String listed, String departed, boolean beforeUse, Basis basis, String used) {
		Choice choice = Choice.of(instances(listed), instances(departed), beforeUse);
		assertThat(choice.basis()).isEqualTo(basis);
		assertThat(choice.instances()).extracting(EasInstance::host).isEqualTo(names(used));
	}

	@Property(tries = 1000)
	void choiceContainsOnlyKnownInstancesAndIsEmptyOnlyIfUndecided(@ForAll("listed") List<Probed> listed,
			@ForAll("departed") List<Probed> departed, @ForAll boolean beforeUse) {
		Choice choice = Choice.of(listed, departed, beforeUse);
		assertThat(choice.instances().isEmpty()).isEqualTo(choice.basis() == Basis.UNDECIDED);
		List<EasInstance> known = new ArrayList<>(instances(listed));
		if (choice.basis() == Basis.DOUBTED) {
			assertThat(choice.instances()).isEqualTo(known);
		}
		if (choice.basis() == Basis.DEPARTED) {
			assertThat(choice.instances()).containsAnyElementsOf(instances(departed));
			known.addAll(instances(departed));
		}
		assertThat(choice.instances()).isSubsetOf(known).doesNotHaveDuplicates();
	}

	@Property(tries = 1000)
	void choiceContainsNoUnprovenInstanceUnlessTheProbeIsDoubted(@ForAll("listed") List<Probed> listed,
			@ForAll("departed") List<Probed> departed) {
		Choice choice = Choice.of(listed, departed, true);
		Set<EasInstance> passing = listed.stream()
			.filter((probed) -> probed.tally().verdict() == Verdict.PASSING)
			.map(Probed::instance)
			.collect(Collectors.toSet());
		if (choice.basis() == Basis.PROVEN) {
			assertThat(choice.instances()).containsExactlyInAnyOrderElementsOf(passing);
		}
		double failing = share(listed, Verdict.FAILING);
		assertThat(choice.basis() == Basis.DOUBTED).isEqualTo(failing > 0.5 && choice.basis() != Basis.DEPARTED);
		if (choice.basis() == Basis.UNDECIDED) {
			assertThat(share(listed, Verdict.PASSING)).isZero();
		}
		if (choice.basis() == Basis.DEPARTED) {
			assertThat(share(listed, Verdict.PASSING)).isLessThanOrEqualTo(0.5);
		}
	}

	@Provide
	Arbitrary<List<Probed>> listed() {
		return probed(1, "listed");
	}

	@Provide
	Arbitrary<List<Probed>> departed() {
		return probed(0, "departed");
	}

	private static Arbitrary<List<Probed>> probed(int least, String name) {
		Arbitrary<Integer> weights = Arbitraries.of(0, 0, 1, 1, 2, 100, Integer.MAX_VALUE);
		Arbitrary<Tally> tallies = Arbitraries.of("-", "s", "f", "sf", "fs", "d", "sd").map(ChoiceTests::tally);
		return weights.flatMap((weight) -> tallies.map((tally) -> new Probed(new EasInstance("a", 1, weight), tally)))
			.list()
			.ofMinSize(least)
			.ofMaxSize(8)
			.map((all) -> named(all, name));
	}

	private static List<Probed> named(List<Probed> all, String name) {
		List<Probed> named = new ArrayList<>();
		for (Probed probed : all) {
			named.add(new Probed(new EasInstance(name + named.size(), 1, probed.instance().weight()), probed.tally()));
		}
		return named;
	}

	private static double share(List<Probed> listed, Verdict verdict) {
		double all = weight(listed);
		List<Probed> some = listed.stream().filter((probed) -> probed.tally().verdict() == verdict).toList();
		return (all > 0) ? weight(some) / all : (double) some.size() / listed.size();
	}

	private static double weight(List<Probed> probed) {
		return probed.stream().mapToDouble((one) -> one.instance().weight()).sum();
	}

	private static List<EasInstance> instances(List<Probed> probed) {
		return probed.stream().map(Probed::instance).toList();
	}

	private static List<Probed> instances(String text) {
		return names(text).stream().map((name) -> {
			String[] parts = name.split(":");
			int weight = (parts.length > 2) ? Integer.parseInt(parts[2]) : 100;
			return new Probed(new EasInstance(parts[0], 1, weight), tally(parts[1]));
		}).toList();
	}

	private static Tally tally(String letters) {
		return Results.tally(letters.replace("-", ""));
	}

	private static List<String> names(String text) {
		return (text == null || text.isEmpty()) ? List.of() : Arrays.asList(text.split(" +"));
	}

}
