package io.eas.instance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.eas.instance.InstanceList.Source;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A list is a set of addresses with weights, whatever the order they came in.
 */
class InstanceListTests {

	private static final EasInstance A = new EasInstance("10.0.0.1", 8501, 100);

	private static final EasInstance B = new EasInstance("10.0.0.2", 8501, 50);

	@Test
	void ordersByAddress() {
		assertThat(list(B, A).instances()).containsExactly(A, B);
	}

	@Test
	void copiesTheGivenList() {
		List<EasInstance> source = new ArrayList<>(List.of(A, B));
		InstanceList list = new InstanceList(source, Instant.EPOCH, Source.STATIC);
		source.clear();
		assertThat(list.size()).isEqualTo(2);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.instances().remove(0));
	}

	@Test
	void rejectsEmptyList() {
		assertThatIllegalArgumentException().isThrownBy(InstanceListTests::list)
			.withMessage("a list of instances must not be empty");
	}

	@Test
	void rejectsDuplicateAddressEvenWithAnotherWeight() {
		assertThatIllegalArgumentException().isThrownBy(() -> list(A, B, new EasInstance("10.0.0.1", 8501, 7)))
			.withMessage("10.0.0.1:8501 is listed twice");
	}

	@Test
	void holdsItsInstancesInAnyOrder() {
		assertThat(list(A, B).holds(List.of(B, A))).isTrue();
	}

	@Test
	void doesNotHoldOtherInstances() {
		EasInstance c = new EasInstance("10.0.0.3", 8501, 50);
		assertThat(list(A, B).holds(List.of(A))).isFalse();
		assertThat(list(A, B).holds(List.of(A, B, c))).isFalse();
		assertThat(list(A, B).holds(List.of(A, c))).isFalse();
		assertThat(list(A, B).holds(List.of(A, A))).isFalse();
	}

	@Test
	void doesNotHoldAnotherWeight() {
		assertThat(list(A, B).holds(List.of(A, new EasInstance("10.0.0.2", 8501, 51)))).isFalse();
	}

	@Test
	void nextListIsTheSameObjectIfNothingDiffers() {
		InstanceList list = list(A, B);
		assertThat(list.next(List.of(copy(B), copy(A)), Instant.MAX, Source.DISCOVERY)).isSameAs(list);
	}

	@Test
	void nextListKeepsUnchangedObjects() {
		EasInstance heavier = new EasInstance("10.0.0.2", 8501, 51);
		EasInstance c = new EasInstance("10.0.0.3", 8501, 50);
		InstanceList next = list(A, B).next(List.of(c, heavier, copy(A)), Instant.MAX, Source.DISCOVERY);
		assertThat(next.instances()).usingElementComparator((a, b) -> (a == b) ? 0 : 1).containsExactly(A, heavier, c);
		assertThat(next.fetchedAt()).isEqualTo(Instant.MAX);
	}

	@Test
	void nextListDiffersIfItsSourceDiffers() {
		InstanceList next = list(A, B).next(List.of(copy(A), copy(B)), Instant.MAX, Source.STATIC);
		assertThat(next).isEqualTo(new InstanceList(List.of(A, B), Instant.MAX, Source.STATIC));
		assertThat(next.instances().get(0)).isSameAs(A);
	}

	@Test
	void rejectsNextListWithDuplicateAddress() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> list(A, B).next(List.of(A, copy(A)), Instant.MAX, Source.DISCOVERY))
			.withMessage("10.0.0.1:8501 is listed twice");
	}

	@Test
	void unionContainsEachInstanceOnce() {
		EasInstance c = new EasInstance("10.0.0.3", 8501, 50);
		assertThat(list(A, B).or(list(B, c))).containsExactlyInAnyOrder(A, B, c);
		assertThat(list(A, B).or(null)).containsExactlyInAnyOrder(A, B);
	}

	private static EasInstance copy(EasInstance instance) {
		return new EasInstance(instance.host(), instance.port(), instance.weight());
	}

	private static InstanceList list(EasInstance... instances) {
		return new InstanceList(List.of(instances), Instant.EPOCH, Source.DISCOVERY);
	}

}
