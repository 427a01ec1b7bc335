package io.eas.emulator.instance;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

import io.eas.emulator.net.Forwarder;
import io.eas.emulator.net.FreePort;
import io.eas.emulator.net.ResponseWriter;
import io.eas.emulator.net.WireRequest;
import io.eas.emulator.process.ModelProcess;
import io.eas.emulator.process.ProcessCommand;
import io.eas.emulator.process.ProcessStartException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A backend whose model is a process, which gets a new port for each start. Nothing
 * reserves that port until the process listens on it. If the process ends during its
 * start while another program uses the port, the process is started a second time.
 */
final class ProcessBackend implements Backend {

	private static final Logger LOGGER = LoggerFactory.getLogger(ProcessBackend.class);

	private final String name;

	private final ProcessCommand command;

	private final SecondPorts ports;

	private final Forwarder forwarder;

	private volatile @Nullable ModelProcess process;

	private volatile Runnable died = () -> {
	};

	private boolean ended;

	ProcessBackend(String name, ProcessCommand command, SecondPorts ports, Forwarder forwarder) {
		this.name = name;
		this.command = command;
		this.ports = ports;
		this.forwarder = forwarder;
	}

	@Override
	public synchronized void launch(Runnable died) {
		this.died = died;
		ModelProcess started = start();
		started.onExit(() -> {
			if (this.process == started) {
				died.run();
			}
		});
	}

	/**
	 * Starts a process, which replaces the previous one.
	 */
	synchronized ModelProcess start() {
		if (this.ended) {
			throw new IllegalStateException(this.name + " was ended for good");
		}
		ModelProcess started = ModelProcess.start(this.name, this.command, FreePort.find(), this.ports.take(this));
		this.process = started;
		return started;
	}

	@Override
	public void awaitReady() {
		try {
			withProcess(ModelProcess::awaitReady);
		}
		catch (ProcessStartException ex) {
			if (!hasLostItsPort()) {
				throw ex;
			}
			LOGGER.info("{} lost its port to another program; starting it once more", this.name);
			launch(this.died);
			withProcess(ModelProcess::awaitReady);
		}
	}

	private boolean hasLostItsPort() {
		ModelProcess current = this.process;
		return current != null && !current.isAlive() && FreePort.isTaken(current.port());
	}

	@Override
	public Mono<Void> exchange(WireRequest request, HttpServerResponse caller, ResponseWriter answer) {
		ModelProcess current = this.process;
		if (current == null) {
			return Mono.error(new IllegalStateException(this.name + " has no process"));
		}
		return this.forwarder.forward(current.port(), request, caller, answer);
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
		withProcess(ModelProcess::askToEnd);
	}

	@Override
	public void awaitEnd(Duration grace) {
		withProcess((current) -> current.awaitEnd(grace));
		this.ports.giveBack(this);
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
