package io.eas.emulator.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.eas.emulator.Processes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * What ends with a process.
 */
class EndOfTreeTests {

	private static final int MOST = 10_000;

	/** Starts one after the other, each in a session of its own. */
	private static final String FORKS = """
			i=0
			while [ $i -lt %d ]; do
				setsid sleep 60 &
				echo $! >> pids
				sleep 0.005
				i=$((i + 1))
			done
			""".formatted(MOST);

	/** Each in a session of its own, and gone soon after it has started the next. */
	private static final String CHAIN = """
			echo $$ >> pids
			sleep 0.02
			[ -e end ] || setsid sh chain.sh &
			""";

	@TempDir
	private Path directory;

	private final ProcessTree tree = new ProcessTree();

	@AfterEach
	void end() throws IOException {
		Files.createFile(this.directory.resolve("end"));
		this.tree.kill().join();
	}

	/** The ones that start while the others are killed can't be on the first list. */
	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere what has left its parent can't be found")
	void processesStartedWhileTheTreeIsKilledEndToo() throws Exception {
		this.tree.start(builder("sh", "-c", FORKS));
		Awaitility.await().until(() -> forked().size() > 5);
		this.tree.kill().join();
		List<String> pids = forked();
		assertThat(pids).hasSizeLessThan(MOST);
		for (String pid : pids) {
			Awaitility.await()
				.alias(pid)
				.until(() -> ProcessHandle.of(Long.parseLong(pid)).filter(Processes::runs).isEmpty());
		}
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere what has left its parent can't be found")
	void chainOfShortLivedProcessesEndsToo() throws Exception {
		Files.writeString(this.directory.resolve("chain.sh"), CHAIN);
		this.tree.start(builder("sh", "chain.sh"));
		Awaitility.await().until(() -> forked().size() > 5);
		this.tree.kill().join();
		int links = forked().size();
		// a link takes a twentieth of that
		Awaitility.await().during(Duration.ofMillis(500)).until(() -> forked().size() == links);
	}

	@Test
	void nothingStartsInATreeThatWasKilled() {
		ProcessTree branch = this.tree.branch();
		this.tree.kill().join();
		assertThatIOException().isThrownBy(() -> branch.start(builder("true"))).withMessageContaining("has ended");
	}

	@Test
	void aBranchEndsWithoutTheTree() throws Exception {
		Process trunk = this.tree.start(builder("sleep", "1000"));
		ProcessTree branch = this.tree.branch();
		Process twig = branch.start(builder("sleep", "1000"));
		branch.kill().join();
		assertThat(twig.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(trunk.isAlive()).isTrue();
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere nothing marks what belongs to a process")
	void aBranchEndsWithTheTree() throws Exception {
		this.tree.start(builder("sleep", "1000"));
		Process twig = this.tree.branch().start(builder("sleep", "1000"));
		this.tree.kill().join();
		assertThat(twig.waitFor(30, TimeUnit.SECONDS)).isTrue();
	}

	/** As with a local EAS that runs in an instance of another one. */
	@Test
	void processKeepsTheMarksOfOuterTrees() throws Exception {
		Process process = this.tree.branch().start(builder("sh", "-c", "echo $LOCAL_EAS_PROCESS"));
		assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
			.matches("(.+/)?" + this.tree.id() + "/[0-9a-f-]{36}");
	}

	private List<String> forked() throws IOException {
		Path file = this.directory.resolve("pids");
		return Files.exists(file) ? Files.readAllLines(file) : List.of();
	}

	private ProcessBuilder builder(String... command) {
		return new ProcessBuilder(command).directory(this.directory.toFile());
	}

}
