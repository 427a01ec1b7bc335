package io.eas.emulator.probe;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eas.emulator.process.ProcessExit;
import io.eas.emulator.process.ProcessTree;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * One run of a program, on a daemon thread of its own. The thread blocks as long as the
 * program's output is open, so on shared threads a few hanging programs could block all
 * other checks.
 */
final class ExecRun {

	/** The longest wait for the last output of a program that has ended. */
	private static final int DRAIN_MILLIS = 100;

	private final ProcessBuilder builder;

	private final ProcessTree tree;

	private final MonoSink<ProbeResult> sink;

	private final BoundedOutput output = new BoundedOutput();

	ExecRun(ProcessBuilder builder, ProcessTree tree, MonoSink<ProbeResult> sink) {
		this.builder = builder;
		this.tree = tree;
		this.sink = sink;
	}

	void start() {
		Thread thread = new Thread(this::run, "eas-emulator-exec");
		thread.setDaemon(true);
		thread.start();
	}

	private void run() {
		Process started = launch();
		if (started != null) {
			watch(started);
		}
	}

	private @Nullable Process launch() {
		try {
			return this.tree.start(this.builder);
		}
		catch (IOException ex) {
			// not a failure: for the kubelet, a program that can't be started is an error
			// of the prober and is
			// discarded (kubernetes issue 106682)
			this.sink.success(new ProbeResult.Discarded(ex.getMessage() + "; counts neither as passed nor as failed"));
		}
		catch (RuntimeException ex) {
			this.sink.error(ex);
		}
		return null;
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the sink receives the result
	private void watch(Process started) {
		CompletableFuture<Void> read = new CompletableFuture<>();
		// waits for the exit and not for the end of the output, because a process that is
		// left behind may keep the output open for long
		ProcessExit.of(started)
			.thenCompose((ended) -> read.completeOnTimeout(null, DRAIN_MILLIS, TimeUnit.MILLISECONDS))
			.thenRun(() -> this.sink.success(result(started.exitValue())));
		this.output.readAll(started);
		read.complete(null);
	}

	private ProbeResult result(int exitCode) {
		String text = this.output.line();
		String detail = "exit code " + exitCode + (text.isEmpty() ? "" : ": " + text);
		return (exitCode == 0) ? new ProbeResult.Success(detail) : new ProbeResult.Failure(detail);
	}

	/**
	 * Kills the program and all processes that it has started, and prevents it from
	 * starting more.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
	void kill() {
		this.tree.kill();
	}

}
