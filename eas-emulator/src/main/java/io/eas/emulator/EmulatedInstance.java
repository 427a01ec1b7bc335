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
 * One instance of a service: a port of its own, faults on demand, and behind it a handler
 * or a process. A fault replaces the one before. The discovery API goes on listing the
 * instance whatever happens to it, unless it was deployed from a {@code service.json}:
 * then its health checks decide, and they ask the process itself, past every fault of the
 * port. Thread-safe. Methods that start, kill or stop a process block until that is done
 * and are not to be called on an event loop.
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
	 * The name that its output is logged under.
	 * @return the service's name and a number that no other instance of it ever had, such
	 * as {@code mnist-0}
	 */
	public String name() {
		return this.instance.name();
	}

	/**
	 * The address that discovery lists.
	 * @return host and port, such as {@code 127.0.0.1:40001}; the same for life
	 */
	public String address() {
		return Loopback.address(port());
	}

	/**
	 * The port that discovery lists.
	 * @return a TCP port, the same for life
	 */
	@Override
	public int port() {
		return this.instance.listener().port();
	}

	/**
	 * The weight that discovery lists.
	 * @return 0 or more
	 */
	@Override
	public int weight() {
		return this.weight;
	}

	/**
	 * Changes the weight.
	 * @param weight 0 or more; 0 takes no traffic while others do
	 */
	public void setWeight(int weight) {
		this.weight = InstanceSpec.checkWeight(weight);
	}

	/**
	 * Whether discovery and gateway know it.
	 * @return {@code true} once it is ready, unless {@link #unlist()} was called
	 */
	public boolean listed() {
		return this.listed && this.instance.life().isReady();
	}

	/** Takes it off the list of discovery and gateway; it goes on serving. */
	public void unlist() {
		this.listed = false;
	}

	/** Puts it back on the list. */
	public void relist() {
		this.listed = true;
	}

	/**
	 * How many requests arrived at its port.
	 * @return the count since the start, unanswered ones included
	 */
	public long requests() {
		return this.instance.front().requests();
	}

	/**
	 * How requests were answered.
	 * @return statuses with counts; what was never or only half answered is missing
	 */
	public Map<Integer, Long> answers() {
		return this.instance.front().answers();
	}

	/**
	 * What it is doing.
	 * @return its state now
	 */
	public InstanceState state() {
		return this.instance.life().state();
	}

	/**
	 * Its state according to its health checks.
	 * @return as of now; empty unless it was deployed from a {@code service.json}
	 */
	public Optional<Lifecycle> lifecycle() {
		return this.instance.life().lifecycle();
	}

	/**
	 * Why its command can't be started at all.
	 * @return command and cause; empty if it can, and for what has no health checks
	 */
	public Optional<String> startFailure() {
		return this.instance.life().startFailure();
	}

	/**
	 * Which fault it has.
	 * @return for people, such as {@code none}, {@code half} or {@code status 450}
	 */
	public String fault() {
		return this.instance.front().fault().toString();
	}

	/**
	 * The id of its process.
	 * @return empty while it has none, and for a handler
	 */
	public OptionalLong pid() {
		return this.instance.backend().pid();
	}

	/**
	 * Dies at once (SIGKILL for a process with its descendants): connections are refused,
	 * open ones reset. {@link #restart()} brings it back; so does EAS, after its
	 * back-off, where it has health checks.
	 */
	public void kill() {
		this.instance.life().kill();
	}

	/**
	 * Stops in its tracks (SIGSTOP for a process with its descendants): connections are
	 * accepted, nothing is answered.
	 * @throws IllegalStateException if it is dead, or can't be stopped and so goes on
	 */
	public void freeze() {
		this.instance.life().freeze();
	}

	/** Goes on after {@link #freeze()}; what was held is answered now. */
	public void thaw() {
		this.instance.life().thaw();
	}

	/**
	 * Refuses connections, with open ones reset, while the model lives on.
	 * @throws IllegalStateException if it is dead
	 */
	public void refuse() {
		this.instance.life().refuse();
	}

	/** Resets the connection of each request instead of answering. */
	public void reset() {
		fail(new RequestFault.Reset());
	}

	/**
	 * Waits before each request is dealt with.
	 * @param delay how long
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
	 * Gives all headers and the first half of the body of each answer, then resets the
	 * connection.
	 */
	public void half() {
		fail(new RequestFault.Half());
	}

	/**
	 * Ends every fault: it answers again, on the same port; thawed if it was frozen, and
	 * started anew if it was dead, unless it has health checks, which see to that.
	 * @throws io.eas.emulator.process.ProcessStartException if it can't be started
	 */
	public void heal() {
		fail(new RequestFault.None());
		this.instance.life().heal();
	}

	/**
	 * Ends it if it lives and starts it anew, on the same port and without faults. Blocks
	 * until it is ready. It is killed, or, with health checks, ends as on EAS: off the
	 * list, SIGTERM if the descriptor asks for it, and SIGKILL after the grace period.
	 * @throws io.eas.emulator.process.ProcessStartException if it can't be started
	 */
	public void restart() {
		fail(new RequestFault.None());
		this.instance.life().restart();
	}

	/**
	 * Waits until it is ready, for as long as its start may take. Blocks.
	 * @throws io.eas.emulator.process.ProcessStartException if it isn't in time, or keeps
	 * ending; without health checks it has then been killed
	 */
	public void awaitReady() {
		this.instance.life().awaitReady();
	}

	void fail(RequestFault fault) {
		this.instance.front().fail(fault);
	}

	void launch() {
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
