package io.eas.discovery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Lists that lose most of their instances at once.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfirmedShrinkTests {

	private final InstanceCache cache = new InstanceCache(Clock.systemUTC());

	private final Deque<Mono<DiscoveryAnswer>> answers = new ArrayDeque<>();

	private final ConfirmedShrink discovery = new ConfirmedShrink(() -> this.answers.remove(), this.cache, "mnist");

	@ParameterizedTest
	@CsvSource({ "'10, 4', '10, 10'", "'10, 5', '10, 5'", "'3, 1', '3, 3'", "'2, 1', '2, 1'", "'10, 4, 4', '10, 10, 4'",
			"'10, 4, 3', '10, 10, 3'", "'10, 4, 10, 4', '10, 10, 10, 10'", "'10, 4, 4, 1, 1', '10, 10, 4, 4, 1'",
			"'1, 10, 3', '1, 10, 10'", "'10, 4, 4, 10, 4', '10, 10, 4, 10, 10'" })
	void shorterListIsUsedOnceTheNextPollConfirmsIt(String listed, String taken) {
		assertThat(numbers(listed).stream().map(this::poll).toList()).isEqualTo(numbers(taken));
	}

	@Test
	void shorterListIsNotConfirmedByAFailedPoll() {
		poll(10);
		assertThat(poll(4)).isEqualTo(10);
		this.answers.add(Mono.error(new DiscoveryException("status 500", null)));
		assertThatExceptionOfType(DiscoveryException.class).isThrownBy(() -> this.discovery.discover().block());
		assertThat(poll(10)).isEqualTo(10);
		assertThat(poll(4)).isEqualTo(10);
	}

	@Test
	void shorterListReplacesSnapshotAtOnce(CapturedOutput output) {
		this.cache.restore(new InstanceList(instances(10), Instant.EPOCH, Source.SNAPSHOT), Instant.EPOCH);
		assertThat(poll(1)).isEqualTo(1);
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void shorterListIsLoggedOnce(CapturedOutput output) {
		poll(10);
		poll(4);
		poll(4);
		assertThat(output.toString().split("WARN", -1)).hasSize(2);
		assertThat(output).contains("mnist: discovery returned 4 instance(s) instead of 10; "
				+ "keeping the others until the next poll confirms this, or until they fail");
	}

	@Test
	void knownAndListedInstancesAreUsedTogetherWithTheNewestWeights() {
		poll(3);
		this.answers.add(Mono.just(new DiscoveryAnswer(List.of(new EasInstance("172.16.0.3", 50000, 7)), List.of())));
		InstanceList both = this.cache.succeed(this.discovery.discover().block().instances(), Source.DISCOVERY);
		assertThat(both.instances()).containsExactlyElementsOf(instances(3));
		assertThat(both.instances()).extracting(EasInstance::weight).containsExactly(100, 100, 7);
		assertThat(both.instances()).extracting(EasInstance::omitted).containsExactly(true, true, false);
	}

	@Test
	void newInstancesAreUsedAtOnceIfAllAreReplaced() {
		poll(3);
		EasInstance replacement = new EasInstance("172.16.0.9", 50000, 100);
		this.answers.add(Mono.just(new DiscoveryAnswer(List.of(replacement), List.of())));
		List<EasInstance> both = this.discovery.discover().block().instances();
		assertThat(both).hasSize(4).filteredOn((instance) -> !instance.omitted()).containsExactly(replacement);
	}

	@Test
	void instancesAreListedAsBeforeIfTheNextPollReturnsThem() {
		poll(10);
		poll(4);
		poll(10);
		assertThat(this.cache.current().instances()).hasSize(10).noneMatch(EasInstance::omitted);
	}

	private int poll(int listed) {
		this.answers.add(Mono.just(new DiscoveryAnswer(instances(listed), List.of())));
		DiscoveryAnswer answer = this.discovery.discover().block();
		return this.cache.succeed(answer.instances(), Source.DISCOVERY).size();
	}

	private static List<EasInstance> instances(int count) {
		return IntStream.rangeClosed(1, count).mapToObj((i) -> new EasInstance("172.16.0." + i, 50000, 100)).toList();
	}

	private static List<Integer> numbers(String text) {
		return List.of(text.split(", ")).stream().map(Integer::valueOf).toList();
	}

}
