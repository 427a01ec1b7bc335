package io.eas.emulator.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shell that runs beside a process and waits for the end of the shell's own standard
 * input, which only this JVM holds open. Once this JVM has ended, even by SIGKILL, the
 * shell kills the process and all processes that the process has started.
 */
final class Watchdog {

	private static final Logger LOGGER = LoggerFactory.getLogger(Watchdog.class);

	private static final String SCRIPT = script();

	private final @Nullable Process shell;

	private Watchdog(@Nullable Process shell) {
		this.shell = shell;
	}

	private static String script() {
		try (InputStream script = Watchdog.class.getResourceAsStream("watchdog.sh")) {
			if (script == null) {
				throw new IllegalStateException("watchdog.sh is missing beside " + Watchdog.class);
			}
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts a watchdog. Must be called before anything is started in the tree.
	 * @param tree the tree whose processes are killed
	 * @return a watchdog, which does nothing if there is no shell
	 */
	static Watchdog over(ProcessTree tree) {
		ProcessBuilder builder = new ProcessBuilder().redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.DISCARD);
		builder.command(OwnSession.of(List.of("sh", "-c", SCRIPT, "local-eas-watchdog", tree.id()), builder));
		try {
			return new Watchdog(builder.start());
		}
		catch (IOException ex) {
			LOGGER.warn("If this JVM is killed, its processes keep running, since no shell can be run to end them: {}",
					ex.getMessage());
			return new Watchdog(null);
		}
	}

	/**
	 * Passes the first process to the watchdog, which then recognizes the session and the
	 * children of that process even if they have overwritten their environment.
	 */
	void guard(Process first) {
		if (this.shell != null) {
			try {
				OutputStream input = this.shell.getOutputStream();
				input.write((first.pid() + "\n").getBytes(StandardCharsets.US_ASCII));
				input.flush();
			}
			catch (IOException ex) {
				LOGGER.warn("If this JVM is killed, the process {} keeps running, since its watchdog has ended: {}",
						first.pid(), ex.getMessage());
			}
		}
	}

	/** Ends the watchdog; called once no process is left to be killed. */
	void close() {
		if (this.shell != null) {
			this.shell.destroyForcibly();
		}
	}

}
