package io.eas.emulator.probe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.eas.emulator.Processes;
import io.eas.emulator.net.Network;
import io.eas.emulator.probe.ProbeResult.Discarded;
import io.eas.emulator.probe.ProbeResult.Failure;
import io.eas.emulator.probe.ProbeResult.Success;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What {@code exec} makes of what programs do.
 */
class ExecProberTests {

	private static final Network NETWORK = new Network();

	/** Starts a child and one that the child starts, writes down all, and waits. */
	private static final String FAMILY = """
			sh -c 'sleep 1000 & echo $! >> pids; wait' &
			echo $! >> pids; echo $$ >> pids
			wait
			""";

	private final Prober prober = new Prober(NETWORK);

	@TempDir
	private Path directory;

	@AfterAll
	static void close() {
		NETWORK.close();
	}

	private ProbeResult probe(String... command) {
		return this.prober.probe(Checks.exec(command), Checks.in(this.directory, Map.of("WORD", "a  b")))
			.block(Checks.PATIENCE);
	}

	private ProbeResult hang(String script) {
		return this.prober.probe(Checks.within(2, Checks.exec("sh", "-c", script)), Checks.in(this.directory, Map.of()))
			.block(Checks.PATIENCE);
	}

	private ProbeResult script(String script) {
		return probe("sh", "-c", script);
	}

	@Test
	void passesWithExitCode0() {
		assertThat(probe("true")).isEqualTo(new Success("exit code 0"));
	}

	@Test
	void failsWithAnyOtherExitCodeAndShowsTheOutput() {
		assertThat(probe("false")).isEqualTo(new Failure("exit code 1"));
		assertThat(script("echo no table; echo ' no rows' >&2; exit 7"))
			.isEqualTo(new Failure("exit code 7: no table | no rows"));
	}

	@Test
	void failsWhenKilled() {
		assertThat(script("kill -9 $$")).isEqualTo(new Failure("exit code 137"));
	}

	@Test
	void doesNotUseAShell() {
		assertThat(probe("echo", "$WORD;", "exit 1")).isEqualTo(new Success("exit code 0: $WORD; exit 1"));
	}

	@Test
	void runsInTheEnvironmentAndDirectoryOfTheTarget() throws Exception {
		assertThat(script("printf '%s\\n' \"$WORD\"; pwd -P"))
			.isEqualTo(new Success("exit code 0: a  b | " + this.directory.toRealPath()));
	}

	@Test
	void standardInputIsEmpty() {
		assertThat(probe("cat")).isEqualTo(new Success("exit code 0"));
	}

	@Test
	void aProgramThatDoesNotExistIsDiscarded() {
		ProbeResult result = probe("/no/such/program");
		assertThat(result).isInstanceOf(Discarded.class);
		assertThat(result.detail()).contains("/no/such/program").endsWith("; counts neither as passed nor as failed");
	}

	@Test
	void programNotFoundByAShellFails() {
		ProbeResult result = script("/no/such/program");
		assertThat(result).isInstanceOf(Failure.class);
		assertThat(result.detail()).startsWith("exit code 127: ");
	}

	@Test
	void emptyCommandIsDiscarded() {
		assertThat(probe()).isInstanceOf(Discarded.class);
	}

	@Test
	void keepsOnlyTheBeginningOfALongOutput() {
		ProbeResult result = script("head -c 10000000 /dev/zero | tr '\\0' x");
		assertThat(result).isInstanceOf(Success.class);
		assertThat(result.detail()).hasSizeLessThan(400).endsWith("xxx…");
	}

	@Test
	void isKilledWithItsDescendantsWhenTheTimeIsOver() throws Exception {
		assertThat(hang(FAMILY)).isEqualTo(new Failure("still running after 2 s, and killed"));
		awaitEnd();
	}

	@Test
	void isKilledWithItsDescendantsWhenItRefusesToEnd() throws Exception {
		assertThat(hang("trap '' TERM HUP INT; " + FAMILY)).isInstanceOf(Failure.class);
		awaitEnd();
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere what has left its parent can't be found")
	void processesThatLeftTheSessionAreKilledToo() throws Exception {
		String orphans = "for i in 1 2 3; do (setsid sh -c 'echo $$ >> pids; exec sleep 1000' &); done; sleep 1000";
		assertThat(hang(orphans)).isInstanceOf(Failure.class);
		awaitEnd();
	}

	@Test
	void isKilledWithItsDescendantsWhenCancelled() throws Exception {
		Disposable check = this.prober.probe(Checks.exec("sh", "-c", FAMILY), Checks.in(this.directory, Map.of()))
			.subscribe();
		await().until(() -> pids().size() == 3);
		check.dispose();
		awaitEnd();
	}

	@Test
	void isKilledWhenCancelledBeforeItHasStarted() throws Exception {
		long before = children();
		for (int i = 0; i < 20; i++) {
			this.prober.probe(Checks.exec("sleep", "1000"), Checks.in(this.directory, Map.of())).subscribe().dispose();
		}
		await().during(Duration.ofMillis(300)).until(() -> children() <= before);
	}

	private static long children() {
		return ProcessHandle.current()
			.children()
			.filter((child) -> child.info().command().orElse("").endsWith("sleep"))
			.count();
	}

	@Test
	void doesNotWaitForProcessesLeftRunning() throws Exception {
		try {
			assertThat(script("echo left; sleep 1000 & echo $! > pids")).isEqualTo(new Success("exit code 0: left"));
			assertThat(pids()).singleElement().matches(ProcessHandle::isAlive);
		}
		finally {
			pids().forEach(ProcessHandle::destroyForcibly);
		}
	}

	@Test
	void hangingChecksDoNotBlockOthers() {
		List<Disposable> hanging = IntStream.range(0, 20)
			.mapToObj((i) -> this.prober.probe(Checks.exec("sleep", "1000"), Checks.in(null, Map.of())).subscribe())
			.toList();
		assertThat(probe("true")).isEqualTo(new Success("exit code 0"));
		hanging.forEach(Disposable::dispose);
	}

	private List<ProcessHandle> pids() throws Exception {
		Path file = this.directory.resolve("pids");
		if (!Files.exists(file)) {
			return List.of();
		}
		return Files.readAllLines(file)
			.stream()
			.flatMap((pid) -> ProcessHandle.of(Long.parseLong(pid)).stream())
			.toList();
	}

	private void awaitEnd() throws Exception {
		assertThat(Files.readAllLines(this.directory.resolve("pids"))).hasSize(3);
		await().until(() -> pids().stream().noneMatch(Processes::runs));
	}

}
