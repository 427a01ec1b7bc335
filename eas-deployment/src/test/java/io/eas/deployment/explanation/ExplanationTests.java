package io.eas.deployment.explanation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.ServiceDescriptor;
import io.eas.deployment.model.Timings;
import io.eas.deployment.reader.DescriptorReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people read.
 */
class ExplanationTests {

	private static final Timings USUAL = new Timings(0, 10, 1, 1, 3);

	@Test
	void explanationOfTheVendorsExampleNamesEverythingMissing() throws IOException {
		String text = Explanation.of(DescriptorReader.parse(resource("/seed-service.json")).descriptor());
		assertThat(text).isEqualTo(resource("/explanation/seed-service.txt"));
	}

	@Test
	void allThreeChecksAreExplainedWithTheirTimes() throws IOException {
		String text = Explanation.of(DescriptorReader.read(resource("/explanation/three-checks.json")));
		assertThat(text).isEqualTo(resource("/explanation/three-checks.txt"));
	}

	@Test
	void explanationsInTheReferenceMatchTheOutput() throws IOException {
		List<String> shown = Files.readAllLines(Path.of("..", "docs", "reference", "programs.md"))
			.stream()
			.dropWhile((line) -> !line.equals("A start"))
			.filter((line) -> line.matches(" {2,}\\S.*"))
			.toList();
		assertThat(shown).hasSizeGreaterThan(20);
		assertThat((resource("/explanation/three-checks.txt") + resource("/explanation/seed-service.txt")).lines())
			.containsAll(shown);
	}

	@Test
	void tcpSocketCheckOnlyOpensAConnection() {
		String text = explain(Map.of(CheckKind.READINESS,
				new HealthCheck(new CheckMethod.TcpSocket(8000, OtherKeys.NONE), USUAL, OtherKeys.NONE)));
		assertThat(text).contains("""
				  Opens a connection to port 8000 of the instance, from outside of the container.
				  Passes if it is established within 1 s; nothing is sent.
				""")
			.contains("       never   killed: there is no liveness_check\n")
			.contains("       never   killed for a slow start: there is neither startup_check nor liveness_check\n");
	}

	@Test
	void execCheckRunsInTheContainer() {
		String text = explain(Map.of(CheckKind.LIVENESS, new HealthCheck(
				new CheckMethod.Exec(List.of("cat", "/eas/ok"), OtherKeys.NONE), USUAL, OtherKeys.NONE)));
		assertThat(text).contains("""
				  Runs cat with 1 argument in the container, without a shell.
				  Passes with exit code 0 within 1 s.
				""");
	}

	@Test
	void gracePeriodShorterThanTheDrainIsReported() throws IOException {
		String json = resource("/good-service.json");
		assertThat(Explanation.of(DescriptorReader.read(json))).endsWith(
				"""
						EAS ends it: an update, or fewer instances
						             0 s   SIGTERM
						      10 to 25 s   no more requests, if its health_check fails from SIGTERM on
						            60 s   SIGKILL, if it still runs

						Pauses before restarts in a row, if its process ends by itself: 0, 10, 20, 40, 80, 160, 300, 300 s, and so on.
						After a kill by a check, it pauses only if the process before ended less than that pause ago: killed 30 s after
						each start, it pauses 0, 0, 0, 0, 40, 80, 160, 300, 0, 300 s. The pauses begin anew after 10 min without a restart.
						""");
		assertThat(Explanation.of(DescriptorReader.read(json.replace("period\": 60", "period\": 25"))))
			.contains("            25 s   SIGKILL, if it still runs\n");
		assertThat(Explanation.of(DescriptorReader.read(json.replace("period\": 60", "period\": 24"))))
			.contains("            24 s   SIGKILL, if it still runs, though clients may still send requests\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "python app.py --token hunter2 | python …", "TOKEN=hunter2 python app.py | a command …",
					"A='x hunter2' python | a command …", "/app/run | /app/run", "'' | a command",
					"sh -c 'curl -u a:hunter2 x' | sh …" })
	void onlyTheProgramOfACommandIsShown(String command, String shown) {
		Map<CheckKind, HealthCheck> exec = Map.of(CheckKind.LIVENESS, new HealthCheck(
				new CheckMethod.Exec(List.of("curl", "-u", "a:hunter2"), OtherKeys.NONE), USUAL, OtherKeys.NONE));
		String text = Explanation
			.of(service(List.of(new Container(null, List.of(), command, 8000, exec, OtherKeys.NONE))));
		assertThat(text).contains("containers[0], port 8000, " + shown + "\n")
			.contains("Runs curl with 2 arguments in the container")
			.doesNotContain("hunter2");
	}

	@Test
	void aContainerIsFirstCheckedUpToAPeriodAfterItsDelay() {
		CheckMethod method = new CheckMethod.TcpSocket(8000, OtherKeys.NONE);
		HealthCheck delayed = new HealthCheck(method, new Timings(15, 10, 1, 1, 3), OtherKeys.NONE);
		assertThat(explain(Map.of(CheckKind.LIVENESS, delayed)))
			.contains("First check 15 to 25 s after the container's start, then one every 10 s.\n")
			.contains("It refuses connections, though its process runs, once every initial delay is over\n");
		HealthCheck startup = new HealthCheck(method, USUAL, OtherKeys.NONE);
		assertThat(explain(Map.of(CheckKind.LIVENESS, delayed, CheckKind.STARTUP, startup)))
			.contains("  A check every 10 s, but none until startup_check has passed and 15 s are over.\n");
	}

	@Test
	void withoutDelayReadinessIsCheckedAtOnce() {
		HealthCheck check = new HealthCheck(new CheckMethod.TcpSocket(8000, OtherKeys.NONE), USUAL, OtherKeys.NONE);
		assertThat(explain(Map.of(CheckKind.READINESS, check)))
			.contains("  First check at once, then one every 10 s.\n")
			.contains("        0 to 2 s   ready and listed in discovery, if it passes every check\n");
		assertThat(explain(Map.of(CheckKind.READINESS, check, CheckKind.STARTUP, check))).contains(
				"  A check as soon as startup_check has passed, and one every 10 s, but none until startup_check has "
						+ "passed.\n")
			.contains("       0 to 12 s   ready and listed in discovery, if it passes every check\n");
	}

	@Test
	void withoutChecksThePortIsCheckedByDefault() {
		assertThat(explain(Map.of()))
			.contains(
					"""
							No health checks: EAS then makes one of its own, says the vendor's SDK for Python. Its period and failure
							threshold aren't documented; the defaults of Kubernetes are assumed here.

							health_check: may it get requests? If not, it is taken out of discovery until it may
							  Opens a connection to port 8000 of the instance, from outside of the container.
							  Passes if it is established within 1 s; nothing is sent.
							  First check at once, then one every 10 s.
							  1 success: ready. 3 failures in a row: no longer ready. It isn't ready at the start.
							""")
			.contains("""
					        0 to 2 s   ready and listed in discovery, if it passes every check
					""")
			.contains("""
					It refuses connections, though its process runs
					             0 s   the failure
					      20 to 30 s   out of discovery
					      20 to 40 s   no more requests: clients ask discovery every 5 to 10 s
					           never   killed: there is no liveness_check

					It hangs, but its port accepts connections
					             0 s   the failure
					           never   out of discovery: the default check passes
					           never   killed: there is no liveness_check
					""");
	}

	@Test
	void withoutChecksAndPortNothingIsChecked() {
		Container container = new Container(null, List.of(), "python app.py", null, Map.of(), OtherKeys.NONE);
		assertThat(Explanation.of(service(List.of(container))))
			.contains("No health checks: nothing checks whether it answers.")
			.contains("       never   out of discovery: there is neither health_check nor liveness_check\n");
	}

	@Test
	void checkOfAnotherContainerReplacesTheDefaultCheck() {
		HealthCheck check = new HealthCheck(new CheckMethod.TcpSocket(8000, OtherKeys.NONE), USUAL, OtherKeys.NONE);
		String text = Explanation.of(service(
				List.of(new Container(null, List.of(), "a", 8000, Map.of(CheckKind.READINESS, check), OtherKeys.NONE),
						new Container(null, List.of(), "b", 8001, Map.of(), OtherKeys.NONE))));
		assertThat(text).doesNotContain("SDK for Python")
			.doesNotContain("port 8001 of the instance")
			.contains("No health checks: nothing checks whether it answers.");
	}

	@Test
	void withoutAContainerThereIsNothingToExplain() {
		assertThat(Explanation.of(service(List.of()))).isEqualTo("""
				A service without a name: 1 instance
				It has no container, and so no health checks: a processor of EAS serves the model.
				""");
	}

	@Test
	void invalidTimingsHaveNoTimeline() {
		String text = explain(Map.of(CheckKind.LIVENESS, new HealthCheck(
				new CheckMethod.TcpSocket(8000, OtherKeys.NONE), new Timings(0, 0, 1, 1, 3), OtherKeys.NONE)));
		assertThat(text).endsWith("No timeline: period_seconds must be 1 or more, was 0.\n");
	}

	private static String explain(Map<CheckKind, HealthCheck> checks) {
		return Explanation
			.of(service(List.of(new Container(null, List.of(), "python app.py", 8000, checks, OtherKeys.NONE))));
	}

	private static ServiceDescriptor service(List<Container> containers) {
		return new ServiceDescriptor(new Metadata(null, null, null, null, null, null, null, OtherKeys.NONE), null,
				containers, OtherKeys.NONE);
	}

	private static String resource(String name) throws IOException {
		try (InputStream content = ExplanationTests.class.getResourceAsStream(name)) {
			return new String(content.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
