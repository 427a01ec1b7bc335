package io.eas.benchmarks.llm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

import io.eas.benchmarks.Run;
import io.eas.benchmarks.report.Figures;
import io.eas.benchmarks.llm.Scenario.Signals;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.llm.EngineSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LlmCommandTests {

	private static final Trace TRACE = Trace.synthetic(600, 3.3);

	private static Waits waits(Scenario scenario, Balancer balancer) {
		return new Simulation(scenario, balancer, 8, 1).run(TRACE.arrivals(new Random(1), 1, true));
	}

	@Test
	void theShortFormComparesAllAlgorithms(@TempDir Path directory) throws IOException {
		Path results = directory.resolve("results.json");
		Run run = Run.of("llm", "-q", "--results=" + results);
		assertThat(run.status()).isZero();
		assertThat(Figures.read(results).figures()).singleElement()
			.satisfies((figure) -> assertThat(figure.categories()).contains("least request", "prefix-aware"));
		assertThat(run.out()).contains("Simulated: 400 requests, made up", "| round robin", "| oracle");
	}

	@Test
	void readsTraces(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("trace.jsonl");
		Files.writeString(file, """
				{"timestamp": 0, "input_length": 600, "output_length": 5, "hash_ids": [0, 1]}
				{"timestamp": 3000, "input_length": 1100, "output_length": 7, "hash_ids": [0, 1, 2]}
				{"timestamp": 6000, "input_length": 1100, "output_length": 7, "hash_ids": [0, 1, 2]}
				""");
		Run run = Run.of("llm", "-q", "--trace", file.toString(), "--requests", "2");
		assertThat(run.status()).isZero();
		assertThat(run.out()).contains("Simulated: 2 requests of the trace");
	}

	@Test
	void waitsOverSocketsAreShownBesideThoseOfTheSimulation() {
		Run run = Run.of("llm", "-q", "--sockets", "--algorithm", "PREFIX_AWARE", "--faster", "50");
		assertThat(run.status()).isZero();
		assertThat(run.out()).contains("Over sockets: 20 requests", "| simulated", "| over sockets", "not judged");
	}

	@Test
	void algorithmsAreComparedAtAService() {
		try (EasEmulator eas = EasEmulator.builder()
			.admin(false)
			.service("chat",
					(service) -> service.instances(2, (instance) -> instance.llm("qwen", LlmCommandTests::fast)))
			.build()
			.start()) {
			Run run = Run.of("llm", "--endpoint", eas.endpoint(), "--service", "chat", "--model", "qwen",
					"--auth-scheme", "NONE", "--requests", "20", "--faster", "100");
			assertThat(run.status()).isZero();
			assertThat(run.out()).contains("First token, chat at 127.0.0.1")
				.containsPattern("prefix-aware .*% +\\| 0 ")
				.containsPattern("least request .*% +\\| 0 ");
		}
	}

	@Test
	void aServiceThatAnswersNoCallIsAFailureWithItsReason() {
		try (EasEmulator eas = EasEmulator.builder()
			.admin(false)
			.service("chat",
					(service) -> service.instances(1, (instance) -> instance.llm("qwen", LlmCommandTests::fast)))
			.build()
			.start()) {
			eas.service("chat").instance(0).status(400);
			Run run = Run.of("llm", "--endpoint", eas.endpoint(), "--service", "chat", "--model", "qwen",
					"--auth-scheme", "NONE", "--requests", "2", "--faster", "100");
			assertThat(run.status()).isEqualTo(1);
			assertThat(run.err()).contains("chat at 127.0.0.1", " does not answer: ", "400");
		}
	}

	@ParameterizedTest
	@CsvSource({ "--sockets --faster=0, '--faster must be a number above 0, was 0.0'",
			"--sockets --faster=NaN, '--faster must be a number above 0, was NaN'",
			"--faster=2, --algorithm and --faster need --sockets or --endpoint",
			"--algorithm=PREFIX_AWARE, --algorithm and --faster need --sockets or --endpoint",
			"--sockets --endpoint=x --service=y --model=z, leave out --endpoint" })
	void contradictoryOptionsAreRefused(String options, String message) {
		Run run = Run.of(("llm -q " + options).split(" "));
		assertThat(run.status()).isEqualTo(2);
		assertThat(run.err()).contains(message);
	}

	private static void fast(EngineSettings.Builder engine) {
		engine.prefillRate(1e7).step(Duration.ofNanos(10_000), Duration.ZERO);
	}

	@Test
	void prefixAwareComesCloseToWhatTheOracleReaches() {
		Scenario one = Scenario.of("1 client", 1, 800);
		assertThat(waits(one, Balancer.PREFIX_AWARE).p90()).isLessThan(1.5 * waits(one, Balancer.ORACLE).p90())
			.isLessThan(0.8 * waits(one, Balancer.LEAST_REQUEST).p90());
	}

	@Test
	void promptsDoNotWaitForTheInstanceThatHasTheirSystemPrompt() {
		Trace trace = Trace.withSystemPrompts(1500, 10, 1, 32);
		for (int clients : new int[] { 1, 4, 16 }) {
			Scenario scenario = Scenario.of("system prompt", clients, 800);
			Runs runs = new Runs(8, 1);
			assertThat(runs.waits(trace, scenario, Balancer.PREFIX_AWARE).median())
				.isLessThan(1.05 * runs.waits(trace, scenario, Balancer.LEAST_REQUEST).median());
			assertThat(runs.waits(trace, scenario, Balancer.PREFIX_AWARE).p90()).isLessThan(3);
		}
	}

	@Test
	void systemPromptsThatFillTheCachesStayWithTheirInstances() {
		Trace trace = Trace.withSystemPrompts(1000, 10, 20, 32);
		assertThat(
				new Runs(8, 1).overLeastRequest(trace, Scenario.of("20 system prompts", 1, 800), Balancer.PREFIX_AWARE))
			.isLessThan(0.5);
	}

	@Test
	void signalsHelpClientsThatKnowNothingOfEachOther() {
		Scenario four = Scenario.of("4 clients", 4, 800);
		assertThat(waits(four.with(Signals.TRUE), Balancer.PREFIX_AWARE).p90())
			.isLessThan(waits(four, Balancer.PREFIX_AWARE).p90());
	}

	@Test
	void runIsTheSameForTheSameSeed() {
		Scenario four = Scenario.of("4 clients", 4, 800).with(Signals.TRUE).withReplacement();
		assertThat(waits(four, Balancer.PREFIX_AWARE)).isEqualTo(waits(four, Balancer.PREFIX_AWARE));
	}

}
