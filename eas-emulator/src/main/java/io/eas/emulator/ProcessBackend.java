package io.eas.emulator;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

import io.eas.emulator.net.Answer;
import io.eas.emulator.net.Forwarder;
import io.eas.emulator.net.FreePort;
import io.eas.emulator.net.WireRequest;
import io.eas.emulator.process.ModelProcess;
import io.eas.emulator.process.ProcessCommand;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A process, started anew on a new port each time.
 */
final class ProcessBackend implements Backend {

	private final String name;

	private final ProcessCommand command;

	private final Forwarder forwarder;

	private volatile @Nullable ModelProcess process;

	private boolean ended;

	ProcessBackend(String name, ProcessCommand command, Forwarder forwarder) {
		this.name = name;
		this.command = command;
		this.forwarder = forwarder;
	}

	@Override
	public synchronized void launch(Runnable died) {
		if (this.ended) {
			throw new IllegalStateException(this.name + " was ended for good");
		}
		ModelProcess started = ModelProcess.start(this.name, this.command, FreePort.find());
		this.process = started;
		started.onExit(() -> {
			if (this.process == started) {
				died.run();
			}
		});
	}

	@Override
	public void awaitReady() {
		withProcess(ModelProcess::awaitReady);
	}

	@Override
	public Mono<Void> exchange(WireRequest request, Answer answer) {
		ModelProcess current = this.process;
		if (current == null) {
			return Mono.error(new IllegalStateException(this.name + " has no process"));
		}
		return this.forwarder.forward(current.port(), request, answer);
	}

	@Override
	public void kill() {
		withProcess(ModelProcess::kill);
	}

	@Override
	public void freeze() {
		withProcess(ModelProcess::freeze);
	}

	@Override
	public void thaw() {
		withProcess(ModelProcess::thaw);
	}

	@Override
	public synchronized void terminate() {
		this.ended = true;
		withProcess(ModelProcess::terminate);
	}

	@Override
	public void awaitEnd(Duration grace) {
		withProcess((current) -> current.awaitEnd(grace));
	}

	@Override
	public boolean isAlive() {
		ModelProcess current = this.process;
		return current != null && current.isAlive();
	}

	@Override
	public OptionalLong pid() {
		ModelProcess current = this.process;
		return (current != null && current.isAlive()) ? OptionalLong.of(current.pid()) : OptionalLong.empty();
	}

	private void withProcess(Consumer<ModelProcess> action) {
		ModelProcess current = this.process;
		if (current != null) {
			action.accept(current);
		}
	}

}
