package io.eas.emulator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.eas.emulator.discovery.ListedInstance;
import io.eas.emulator.instance.Instance;
import io.eas.emulator.instance.InstanceState;
import io.eas.emulator.instance.RequestFault;
import io.eas.emulator.lifecycle.Lifecycle;
import io.eas.emulator.net.Loopback;

/**
 * One instance of a service: a handler or a process behind a port of its own, with faults
 * on demand. A new fault replaces the previous one. The discovery API keeps listing the
 * instance even after it fails. Exception: if the instance was deployed from a
 * {@code service.json}, its health checks decide whether it is listed. The checks reach
 * the process directly, so faults of the port don't affect them. Thread-safe. Methods
 * that start, kill or stop a process block until that is done and must not be called on
 * an event loop.
 */
public final class EmulatedInstance implements ListedInstance {

	private final Instance instance;

	private volatile int weight;

	private volatile boolean listed = true;

	EmulatedInstance(int weight, Instance instance) {
		this.weight = weight;
		this.instance = instance;
	}

	/**
	 * Returns the name under which the instance's output is logged.
	 * @return the service's name and a number that is never used again, such as
	 * {@code mnist-0}
	 */
	public String name() {
		return this.instance.name();
	}

	/**
	 * Returns the address on this machine. Discovery lists this address, unless discovery
	 * is called through {@linkplain EmulatorBuilder#allInterfaces(boolean) another
	 * interface}.
	 * @return host and port, such as {@code 127.0.0.1:40001}; the same for the life of
	 * the instance
	 */
	public String address() {
		return Loopback.address(port());
	}

	/**
	 * Returns the port that discovery lists.
	 * @return a TCP port, the same for the life of the instance
	 */
	@Override
	public int port() {
		return this.instance.listener().port();
	}

	/**
	 * Returns the weight that discovery lists.
	 * @return 0 or more
	 */
	@Override
	public int weight() {
		return this.weight;
	}

	/**
	 * Changes the weight that discovery lists.
	 * @param weight 0 or more; with 0, the instance gets no traffic while other instances
	 * have weight
	 */
	public void setWeight(int weight) {
		this.weight = InstanceSpec.checkWeight(weight);
	}

	/**
	 * Returns whether discovery and gateway list the instance.
	 * @return {@code true} once it is ready, unless {@link #unlist()} was called
	 */
	public boolean listed() {
		return this.listed && this.instance.life().isReady();
	}

	/**
	 * Removes the instance from the list of discovery and gateway. The instance keeps
	 * serving.
	 */
	public void unlist() {
		this.listed = false;
	}

	/** Puts the instance back on the list of discovery and gateway. */
	public void relist() {
		this.listed = true;
	}

	/**
	 * Returns the number of requests that arrived at the port.
	 * @return the count since the start, unanswered ones included
	 */
	public long requests() {
		return this.instance.front().requests();
	}

	/**
	 * Returns the number of requests that are under way, including those that a fault
	 * holds.
	 * @return the current number
	 */
	public long inFlight() {
		return this.instance.front().inFlight();
	}

	/**
	 * Returns the number of responses by status.
	 * @return the counts by status, excluding requests that got no response or an
	 * incomplete one
	 */
	public Map<Integer, Long> answers() {
		return this.instance.front().answers();
	}

	/**
	 * Returns the current state.
	 * @return the state
	 */
	public InstanceState state() {
		return this.instance.life().state();
	}

	/**
	 * Returns the state according to the health checks.
	 * @return the current state; empty unless the instance was deployed from a
	 * {@code service.json}
	 */
	public Optional<Lifecycle> lifecycle() {
		return this.instance.life().lifecycle();
	}

	/**
	 * Returns why every start of the command fails, for example because the program
	 * doesn't exist.
	 * @return command and cause; empty if the command can be started or the instance has
	 * no health checks
	 */
	public Optional<String> startFailure() {
		return this.instance.life().startFailure();
	}

	/**
	 * Returns the current fault.
	 * @return a text for people, such as {@code none}, {@code half} or {@code status 450}
	 */
	public String fault() {
		return this.instance.front().fault().toString();
	}

	/**
	 * Returns the id of the process.
	 * @return the id; empty for a handler and while no process runs
	 */
	public OptionalLong pid() {
		return this.instance.backend().pid();
	}

	/**
	 * Kills the instance at once (SIGKILL for a process and its descendants). Open
	 * connections are reset and new ones refused. {@link #restart()} starts the instance
	 * again; an instance with health checks is also restarted by the local EAS, after the
	 * back-off.
	 */
	public void kill() {
		this.instance.life().kill();
	}

	/**
	 * Suspends the instance (SIGSTOP for a process and its descendants). Connections are
	 * accepted, but nothing is answered.
	 * @throws IllegalStateException if the instance is dead, or can't be suspended and
	 * keeps running
	 */
	public void freeze() {
		this.instance.life().freeze();
	}

	/**
	 * Resumes the instance after {@link #freeze()}. Requests that were held are answered
	 * now.
	 */
	public void thaw() {
		this.instance.life().thaw();
	}

	/**
	 * Refuses connections and resets open ones, while the model keeps running.
	 * @throws IllegalStateException if the instance is dead
	 */
	public void refuse() {
		this.instance.life().refuse();
	}

	/** Resets the connection of each request instead of answering. */
	public void reset() {
		fail(new RequestFault.Reset());
	}

	/**
	 * Delays the handling of each request.
	 * @param delay the delay, 0 or more
	 */
	public void late(Duration delay) {
		fail(new RequestFault.Late(delay));
	}

	/**
	 * Answers each request with a status instead of the model's answer.
	 * @param code from 200 to 999
	 */
	public void status(int code) {
		fail(new RequestFault.Status(code));
	}

	/**
	 * Sends all headers and the first half of the body of each response, then resets the
	 * connection.
	 */
	public void half() {
		fail(new RequestFault.Half());
	}

	/**
	 * Sends the headers and the first events of each answer, then resets the connection.
	 * @param events 0 or more. For a language model in this JVM, each event of the stream
	 * is one event; for a process, each part of the body that arrives at once. An answer
	 * that isn't streamed counts as one event
	 */
	public void abort(int events) {
		fail(new RequestFault.Abort(events));
	}

	/**
	 * Sends the headers and the first events of each answer, then nothing more, not even
	 * after {@link #heal()}; the connection stays open.
	 * @param events 0 or more, counted as in {@link #abort(int)}
	 */
	public void stall(int events) {
		fail(new RequestFault.Stall(events));
	}

	/**
	 * Ends each event stream with an error object as an event, and {@code [DONE]}. Other
	 * answers are replaced by status 500 with that object.
	 * @param events the number of events before the error, counted as in
	 * {@link #abort(int)}
	 */
	public void error(int events) {
		fail(new RequestFault.ErrorEvent(events));
	}

	/** Sends answers in chunks that end inside multi-byte characters. */
	public void split() {
		fail(new RequestFault.Split());
	}

	/**
	 * Ends every fault, so that the instance answers again on the same port. A frozen
	 * instance is resumed. A dead instance is started again; with health checks, the
	 * local EAS restarts it anyway.
	 * @throws io.eas.emulator.process.ProcessStartException if the instance can't be
	 * started
	 */
	public void heal() {
		fail(new RequestFault.None());
		this.instance.life().heal();
	}

	/**
	 * Restarts the instance on the same port and without faults. Blocks until the
	 * instance is ready. A running instance is killed first. An instance with health
	 * checks is ended as on EAS: it is removed from the list, gets SIGTERM if the
	 * descriptor enables SIGTERM, and gets SIGKILL after the grace period.
	 * @throws io.eas.emulator.process.ProcessStartException if the instance can't be
	 * started
	 */
	public void restart() {
		fail(new RequestFault.None());
		this.instance.life().restart();
	}

	/**
	 * Blocks until the instance is ready, for at most its start timeout.
	 * @throws io.eas.emulator.process.ProcessStartException if the instance isn't ready
	 * in time or keeps ending; an instance without health checks has then been killed
	 */
	public void awaitReady() {
		this.instance.life().awaitReady();
	}

	void fail(RequestFault fault) {
		this.instance.front().fail(fault);
	}

	/** Reserves the port of the instance, so that its address is known from now on. */
	void reserve() {
		this.instance.listener().reserve();
	}

	void launch() {
		reserve();
		this.instance.life().launch();
	}

	void retire() {
		this.instance.life().retire();
	}

	void terminate() {
		this.instance.life().terminate();
	}

	void awaitEnd(Duration grace) {
		this.instance.life().awaitEnd(grace);
	}

	@Override
	public String toString() {
		return this.instance.name() + " (" + state() + ", weight " + this.weight + ", fault " + fault() + ")";
	}

}
