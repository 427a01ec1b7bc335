package io.eas.loadbalancer.prefix;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.eas.http.EncodedBody;
import io.eas.instance.EasInstance;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.TestSelector;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prompts go where they are answered first.
 */
class PrefixAwareTests {

	private static final TriedInstances NOTHING = new TriedInstances();

	private static final Duration SECOND = Duration.ofSeconds(1);

	/** Some 1,000 tokens. */
	private static final String KILOTOKEN = "word".repeat(1000);

	/** A service with a client of its own. */
	private static final class Client implements InstancePicker.Factory {

		private TestSelector selector;

		private final PrefixAware algorithm;

		Client(int... weights) {
			this(SignalSettings.Source.NONE, weights);
		}

		Client(SignalSettings.Source signals, int... weights) {
			this.algorithm = new PrefixAware(new PrefixSettings(100, 256), signals, new Random(1),
					() -> this.selector.now.get());
			this.selector = new TestSelector(this);
			this.selector.take(TestInstances.instances(weights));
		}

		@Override
		public InstancePicker create(Candidates candidates) {
			return this.algorithm.create(candidates);
		}

		@Override
		public @Nullable RequestLoad read(EncodedBody body) {
			return this.algorithm.read(body);
		}

		RequestLoad load(String prompt) {
			return Objects.requireNonNull(this.selector.picks.read(EncodedBody
				.of(("{\"model\": \"qwen\", \"prompt\": \"" + prompt + "\"}").getBytes(StandardCharsets.UTF_8))));
		}

		TrackedAttempt start(String prompt) {
			return start(prompt, NOTHING, null);
		}

		TrackedAttempt start(String prompt, TriedInstances tried, @Nullable String key) {
			return Objects.requireNonNull(this.selector.picks.start(tried, key, load(prompt)));
		}

		/** A call that is answered in a second. */
		EasInstance answered(String prompt) {
			TrackedAttempt attempt = start(prompt);
			this.selector.pass(SECOND);
			attempt.content();
			attempt.end(Outcome.ANSWERED);
			return attempt.instance();
		}

		/** A call whose answer begins after a second, and doesn't end. */
		EasInstance answering(String prompt) {
			TrackedAttempt attempt = start(prompt);
			this.selector.pass(SECOND);
			attempt.content();
			return attempt.instance();
		}

	}

	private static String prompt(int number) {
		return "prompt number " + number + ": " + KILOTOKEN;
	}

	@Test
	void turnsOfAConversationGoToTheInstanceThatKnowsIt() {
		Client client = new Client(100, 100, 100, 100);
		for (int number = 0; number < 20; number++) {
			EasInstance first = client.answered(prompt(number));
			assertThat(client.answered(prompt(number) + "and then?")).isEqualTo(first);
		}
	}

	@Test
	void promptsThatHaveNothingInCommonUseAllInstances() {
		Client client = new Client(100, 100, 100, 100);
		Set<EasInstance> used = IntStream.range(0, 40)
			.mapToObj((number) -> client.answered(prompt(number)))
			.collect(Collectors.toSet());
		assertThat(used).hasSize(4);
	}

	@Test
	void clientsThatKnowNothingOfEachOtherAgreeOnNewPrompts() {
		List<EasInstance> one = IntStream.range(0, 40)
			.mapToObj((number) -> new Client(100, 100, 100).start(prompt(number)).instance())
			.toList();
		List<EasInstance> other = IntStream.range(0, 40)
			.mapToObj((number) -> new Client(100, 100, 100).start(prompt(number)).instance())
			.toList();
		assertThat(one).isEqualTo(other);
		assertThat(new HashSet<>(one)).hasSize(3);
	}

	@Test
	void promptsThatWaitAreSpread() {
		Client client = new Client(100, 100, 100, 100);
		Set<EasInstance> used = new HashSet<>();
		for (int number = 0; number < 4; number++) {
			used.add(client.start(prompt(number)).instance());
		}
		assertThat(used).hasSize(4);
	}

	@Test
	void longPromptCountsForMoreThanManyShortOnes() {
		Client client = new Client(100, 100);
		EasInstance busy = client.start(KILOTOKEN.repeat(10)).instance();
		for (int number = 0; number < 4; number++) {
			assertThat(client.start(prompt(number)).instance()).isNotEqualTo(busy);
		}
	}

	@Test
	void firstContentOfAStreamReleasesItsTokens() {
		Client client = new Client(100, 100);
		TrackedAttempt first = client.start(KILOTOKEN.repeat(10));
		client.selector.pass(SECOND);
		first.content();
		assertThat(client.start(KILOTOKEN.repeat(10) + "and then?").instance()).isEqualTo(first.instance());
	}

	@Test
	void cancelledStreamReleasesItsTokensAtOnce() {
		Client client = new Client(100, 100);
		TrackedAttempt first = client.start(KILOTOKEN.repeat(10));
		assertThat(client.start("other " + KILOTOKEN).instance()).isNotEqualTo(first.instance());
		first.end(Outcome.CANCELLED);
		assertThat(client.start(KILOTOKEN.repeat(10)).instance()).isEqualTo(first.instance());
	}

	@Test
	void triedInstancesAreLeftOut() {
		Client client = new Client(100, 100, 100);
		TriedInstances tried = new TriedInstances();
		Set<EasInstance> used = new HashSet<>();
		for (int n = 0; n < 3; n++) {
			TrackedAttempt attempt = client.start(prompt(1), tried, null);
			attempt.end(Outcome.BUSY);
			tried.add(attempt.instance());
			used.add(attempt.instance());
		}
		assertThat(used).hasSize(3);
		assertThat(client.start(prompt(1), tried, null).instance()).isIn(used);
	}

	@Test
	void hashKeyOfACallWins() {
		Client client = new Client(100, 100, 100, 100);
		Set<EasInstance> used = new HashSet<>();
		for (int number = 0; number < 20; number++) {
			TrackedAttempt attempt = client.start(prompt(number), NOTHING, "session 7");
			attempt.end(Outcome.ANSWERED);
			used.add(attempt.instance());
		}
		assertThat(used).hasSize(1);
	}

	@Test
	void bodiesWithoutAPromptGoToTheInstanceWithTheFewestCalls() {
		Client client = new Client(100, 100, 100);
		assertThat(client.selector.picks.read(EncodedBody.of("{\"instances\": [1]}".getBytes(StandardCharsets.UTF_8))))
			.isNull();
		Set<EasInstance> used = new HashSet<>();
		for (int n = 0; n < 3; n++) {
			used.add(client.selector.start().instance());
		}
		assertThat(used).hasSize(3);
	}

	@Test
	void weightsHoldForNewPrompts() {
		Client client = new Client(100, 300);
		long heavy = IntStream.range(0, 400)
			.filter((number) -> client.start(prompt(number)).instance().weight() == 300)
			.count();
		assertThat(heavy).isBetween(280L, 320L);
	}

	@Test
	void instanceWithoutWeightTakesNothing() {
		Client client = new Client(100, 0);
		for (int number = 0; number < 10; number++) {
			assertThat(client.start(prompt(number)).instance().weight()).isEqualTo(100);
		}
	}

	@Test
	void instanceThatLeavesAndComesBackKnowsNothing() {
		Client client = new Client(100, 100, 100);
		EasInstance known = client.answered(prompt(1));
		List<EasInstance> both = client.selector.cache.current().instances();
		List<EasInstance> others = both.stream().filter((instance) -> !instance.equals(known)).toList();
		client.selector.take(others);
		assertThat(client.answered(prompt(1))).isNotEqualTo(known);
		client.selector.take(both);
		assertThat(client.answered(prompt(1))).isNotEqualTo(known);
	}

	@Test
	void brokenConnectionForgetsWhatTheInstanceHadComputed() {
		Client client = new Client(100, 100);
		TrackedAttempt attempt = client.start(prompt(1));
		EasInstance known = attempt.instance();
		attempt.end(Outcome.ANSWERED);
		TriedInstances tried = new TriedInstances();
		tried.add(known);
		TrackedAttempt elsewhere = client.start(prompt(1), tried, null);
		elsewhere.end(Outcome.ANSWERED);
		TrackedAttempt broken = client.start(prompt(1) + "?");
		broken.end(Outcome.UNREACHABLE);
		client.selector.pass(EjectionSettings.DEFAULTS.baseTime());
		// the trial; after that both are in use again
		client.start(prompt(2)).end(Outcome.ANSWERED);
		assertThat(client.start(prompt(1) + "?").instance()).isNotEqualTo(broken.instance());
	}

	@Test
	void reportedRequestsOfOthersCount() {
		Client client = new Client(100, 100);
		EasInstance home = client.answered(prompt(1));
		client.algorithm.report(home, new EngineLoad(0, 0, 0));
		client.algorithm.report(home, new EngineLoad(10, 1, 50_000));
		assertThat(client.start(prompt(1)).instance()).isNotEqualTo(home);
		client.algorithm.report(home, null);
		assertThat(client.start(prompt(1) + "?").instance()).isEqualTo(home);
	}

	@Test
	void requestsOfOthersCountAtAnAverageLengthWhereTheEngineReportsNoTokens() {
		Client client = new Client(100, 100);
		EasInstance home = client.answered(prompt(1));
		client.algorithm.report(home, new EngineLoad(0, 0, -1));
		client.algorithm.report(home, new EngineLoad(0, 1, -1));
		assertThat(client.start(prompt(1)).instance()).isEqualTo(home);
		client.selector.pass(SECOND);
		client.algorithm.report(home, new EngineLoad(8, 1, -1));
		assertThat(client.start(prompt(1)).instance()).isNotEqualTo(home);
	}

	@Test
	void requestsOfOthersThatAResponseTellsOfCountForAWhile() {
		Client client = new Client(SignalSettings.Source.HEADER, 100, 100);
		EasInstance home = client.answered(prompt(1));
		TrackedAttempt told = client.start(prompt(1));
		HttpHeaders asked = new DefaultHttpHeaders();
		told.requesting(asked);
		assertThat(asked.names()).containsExactly("endpoint-load-metrics-format");
		assertThat(asked.get("endpoint-load-metrics-format")).isEqualTo("JSON");
		told.responding(new DefaultHttpHeaders().set("endpoint-load-metrics",
				"JSON {\"named_metrics\": {\"num_requests_waiting\": 9}}"));
		told.end(Outcome.ANSWERED);
		assertThat(told.instance()).isEqualTo(home);
		TrackedAttempt next = client.start(prompt(1));
		assertThat(next.instance()).isNotEqualTo(home);
		next.end(Outcome.CANCELLED);
		client.selector.pass(SECOND.multipliedBy(5));
		assertThat(client.start(prompt(1)).instance()).isEqualTo(home);
	}

	@Test
	void engineThatCountsFromZeroHasForgottenItsBlocks() {
		Client client = new Client(100, 100);
		EasInstance first = client.answered(prompt(1));
		TriedInstances tried = new TriedInstances();
		tried.add(first);
		client.start(prompt(1), tried, null).end(Outcome.ANSWERED);
		client.algorithm.report(first, new EngineLoad(0, 0, 1_000_000));
		client.algorithm.report(first, new EngineLoad(0, 0, 10));
		assertThat(client.start(prompt(1)).instance()).isNotEqualTo(first);
	}

	@Test
	void engineThatStartsAgainBetweenReportsHasForgottenItsBlocks() {
		Client client = new Client(100, 100);
		EasInstance first = client.answered(prompt(1));
		client.algorithm.report(first, new EngineLoad(0, 0, 1_000_000));
		client.algorithm.report(first, null);
		client.algorithm.report(first, new EngineLoad(0, 0, 10));
		TriedInstances tried = new TriedInstances();
		tried.add(first);
		EasInstance other = client.start(prompt(1), tried, null).instance();
		client.selector.pass(SECOND);
		assertThat(client.start(prompt(1) + "?").instance()).isEqualTo(other);
	}

	@Test
	void tokensOfOthersDoNotCountUntilTheRateIsKnown() {
		Client client = new Client(100, 100);
		TrackedAttempt whole = client.start(prompt(1));
		whole.end(Outcome.ANSWERED);
		client.algorithm.report(whole.instance(), new EngineLoad(0, 0, 0));
		client.algorithm.report(whole.instance(), new EngineLoad(0, 1, 50_000));
		client.selector.pass(SECOND.multipliedBy(60));
		assertThat(client.start(prompt(1)).instance()).isEqualTo(whole.instance());
	}

	@Test
	void rateIsNotThatOfOneCachedPrompt() {
		PromptStatistics statistics = new PromptStatistics();
		statistics.prefilled(100_000, 0.05);
		for (int n = 0; n < 3; n++) {
			statistics.prefilled(6000, 1);
		}
		assertThat(statistics.rate()).isEqualTo(6000);
	}

	@Test
	void refusedPromptIsNotTakenForCached() {
		for (int number = 0; number < 10; number++) {
			Client client = new Client(100, 100);
			TrackedAttempt refused = client.start(prompt(number));
			refused.end(Outcome.CANCELLED);
			TriedInstances tried = new TriedInstances();
			tried.add(refused.instance());
			TrackedAttempt answered = client.start(prompt(number), tried, null);
			answered.end(Outcome.ANSWERED);
			assertThat(client.start(prompt(number)).instance()).isEqualTo(answered.instance());
		}
	}

	@Test
	void refusedPromptLeavesTheBlocksThatWereThereBefore() {
		Client client = new Client(100, 100, 100, 100);
		EasInstance known = client.answered(prompt(1));
		client.start(prompt(1) + KILOTOKEN).end(Outcome.CANCELLED);
		assertThat(client.start(prompt(1) + "?").instance()).isEqualTo(known);
	}

	@Test
	void promptsWithALongCommonPrefixFillAllInstances() {
		Client client = new Client(100, 100, 100, 100, 100, 100, 100, 100);
		String common = KILOTOKEN.repeat(6);
		client.answered(common);
		Map<EasInstance, Long> streams = IntStream.range(0, 400)
			.mapToObj((number) -> client.answering(common + number + ": " + KILOTOKEN.substring(2000)))
			.collect(Collectors.groupingBy((instance) -> instance, Collectors.counting()));
		assertThat(streams).hasSize(8);
		assertThat(streams.values()).allMatch((count) -> count <= 64);
	}

	@Test
	void promptsWithACommonPrefixUseIdleInstancesThatDoNotHaveIt() {
		Client client = new Client(100, 100, 100, 100, 100, 100, 100, 100);
		String common = KILOTOKEN.repeat(4);
		Set<EasInstance> used = IntStream.range(0, 60)
			.mapToObj((number) -> client.answered(common + prompt(number)))
			.collect(Collectors.toSet());
		assertThat(used).hasSize(8);
	}

	@Test
	void longConversationIsNotTakenForACommonPrefix() {
		Client client = new Client(100, 100, 100, 100);
		StringBuilder conversation = new StringBuilder(KILOTOKEN);
		EasInstance first = client.answered(conversation.toString());
		for (int turn = 0; turn < 40; turn++) {
			conversation.append(prompt(turn), 0, 300);
			assertThat(client.answered(conversation.toString())).isEqualTo(first);
		}
	}

	@Test
	void promptsThatDifferOnlyInTheirLastBlockFillManyInstances() {
		Client client = new Client(IntStream.generate(() -> 100).limit(200).toArray());
		Set<EasInstance> used = IntStream.range(0, 2500)
			.mapToObj((number) -> client.answering(KILOTOKEN + number))
			.collect(Collectors.toSet());
		assertThat(used).hasSizeGreaterThan(150);
	}

	@Test
	void promptsThatAllInstancesShareHaveDifferentHomes() {
		Client client = new Client(100, 100, 100, 100);
		for (EasInstance instance : client.selector.cache.current().instances()) {
			TriedInstances others = new TriedInstances();
			client.selector.cache.current()
				.instances()
				.stream()
				.filter((any) -> !any.equals(instance))
				.forEach(others::add);
			client.start(KILOTOKEN, others, null).end(Outcome.ANSWERED);
		}
		Set<EasInstance> used = new HashSet<>();
		for (int number = 0; number < 40; number++) {
			TrackedAttempt attempt = client.start(KILOTOKEN + number);
			attempt.end(Outcome.ANSWERED);
			used.add(attempt.instance());
		}
		assertThat(used).hasSize(4);
	}

	@Test
	void reasonOfAPickIsWhatIsCachedAndWhatWaits() {
		Client client = new Client(100, 100);
		EasInstance home = client.answered(KILOTOKEN);
		client.algorithm.report(home, new EngineLoad(0, 0, 0));
		RequestLoad load = client.load(KILOTOKEN);
		assertThat(load.reason()).isNull();
		client.selector.picks.start(NOTHING, null, load);
		assertThat(load.reason())
			.isEqualTo("960 of about 1000 tokens cached; tokens that wait before it: 0 of this client, 0 of others");
	}

	@Test
	void pickByAHashKeyHasNoReason() {
		Client client = new Client(100, 100);
		RequestLoad load = client.load(KILOTOKEN);
		client.selector.picks.start(NOTHING, "session 7", load);
		assertThat(load.reason()).isNull();
	}

	@Test
	void pickOfAnInstanceThatWasTriedHasNoReason() {
		Client client = new Client(100, 100);
		RequestLoad load = client.load(KILOTOKEN);
		TriedInstances tried = new TriedInstances();
		for (int n = 0; n < 2; n++) {
			TrackedAttempt attempt = Objects.requireNonNull(client.selector.picks.start(tried, null, load));
			assertThat(load.reason()).startsWith("0 of about 1000 tokens cached");
			attempt.end(Outcome.BUSY);
			tried.add(attempt.instance());
		}
		client.selector.picks.start(tried, null, load);
		assertThat(load.reason()).isNull();
	}

	@Test
	void bodiesAreNotReadWhereThereIsNoChoice() {
		Client client = new Client(100);
		client.selector.start();
		assertThat(
				client.selector.picks.read(EncodedBody.of("{\"prompt\": \"hello\"}".getBytes(StandardCharsets.UTF_8))))
			.isNull();
	}

	@Test
	void conversationsStayAmongManyInstances() {
		Client client = new Client(IntStream.generate(() -> 100).limit(200).toArray());
		for (int number = 0; number < 20; number++) {
			EasInstance first = client.answered(prompt(number));
			assertThat(client.answered(prompt(number) + "and then?")).isEqualTo(first);
		}
	}

	@Test
	void rememberedBlocksAreBounded() {
		Client client = new Client(100, 0);
		EasInstance only = client.selector.cache.current().instances().get(0);
		for (int number = 0; number < 100; number++) {
			client.answered(prompt(number));
		}
		PromptQueue queue = new PromptQueue(new PromptStatistics(), 100);
		for (int number = 0; number < 100; number++) {
			queue.index.enter(((PromptLoad) client.load(prompt(number))).prompt.hashes());
		}
		assertThat(queue.index.size()).isEqualTo(100);
		assertThat(client.start(prompt(0)).instance()).isEqualTo(only);
	}

}
