package io.eas.emulator.instance;

import java.time.Duration;
import java.util.Optional;

import io.eas.emulator.lifecycle.Lifecycle;
import io.eas.emulator.net.Listener;

/**
 * Starts and ends a model only on demand. Once the model has been ready, discovery keeps
 * listing the instance even after it fails.
 */
final class ManualLife implements InstanceLife {

	private final String name;

	private final Backend backend;

	private final Frontend front;

	private final Listener listener;

	private volatile InstanceState state = InstanceState.STARTING;

	private volatile boolean served;

	ManualLife(String name, Backend backend, Frontend front, Listener listener) {
		this.name = name;
		this.backend = backend;
		this.front = front;
		this.listener = listener;
	}

	@Override
	public void launch() {
		this.front.gate().open();
		this.backend.launch(this::died);
	}

	@Override
	public void awaitReady() {
		try {
			this.backend.awaitReady();
			up(InstanceState.RUNNING);
			this.served = true;
		}
		catch (RuntimeException ex) {
			this.state = InstanceState.DEAD;
			this.backend.kill();
			throw ex;
		}
	}

	@Override
	public InstanceState state() {
		return this.state;
	}

	@Override
	public boolean isReady() {
		return this.served;
	}

	@Override
	public Optional<Lifecycle> lifecycle() {
		return Optional.empty();
	}

	@Override
	public Optional<String> startFailure() {
		return Optional.empty();
	}

	@Override
	public synchronized void kill() {
		down(InstanceState.DEAD);
		this.backend.kill();
	}

	@Override
	public synchronized void freeze() {
		requireAlive();
		this.front.gate().shut();
		try {
			this.backend.freeze();
		}
		catch (RuntimeException ex) {
			goOnAfter(ex);
			throw ex;
		}
		up(InstanceState.FROZEN);
	}

	private void goOnAfter(RuntimeException failure) {
		try {
			resume();
			if (this.state == InstanceState.FROZEN) {
				this.state = InstanceState.RUNNING;
			}
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	@Override
	public synchronized void thaw() {
		if (this.state == InstanceState.FROZEN) {
			resume();
			this.state = InstanceState.RUNNING;
		}
	}

	@Override
	public synchronized void refuse() {
		requireAlive();
		thaw();
		down(InstanceState.REFUSING);
	}

	@Override
	public synchronized void heal() {
		if (this.state == InstanceState.DEAD) {
			restart();
		}
		else {
			resume();
			up(InstanceState.RUNNING);
		}
	}

	@Override
	public synchronized void restart() {
		kill();
		this.state = InstanceState.STARTING;
		launch();
		awaitReady();
	}

	@Override
	public void retire() {
		// without health checks there is no drain to wait for
	}

	private synchronized void up(InstanceState next) {
		this.listener.open();
		this.state = next;
		if (!this.backend.isAlive()) {
			died();
		}
	}

	private void down(InstanceState next) {
		this.state = next;
		this.listener.close();
	}

	private synchronized void died() {
		if (!this.backend.isAlive()) {
			down(InstanceState.DEAD);
		}
	}

	private void resume() {
		try {
			this.backend.thaw();
		}
		finally {
			this.front.gate().open();
		}
	}

	private void requireAlive() {
		if (this.state == InstanceState.DEAD) {
			throw new IllegalStateException(this.name + " is dead; restart it first");
		}
	}

	@Override
	public void terminate() {
		this.listener.release();
		if (this.state == InstanceState.FROZEN) {
			this.backend.thaw();
		}
		this.backend.terminate();
	}

	@Override
	public void awaitEnd(Duration grace) {
		this.backend.awaitEnd(grace);
		this.state = InstanceState.DEAD;
	}

}
