package io.eas.emulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.eas.emulator.token.TokenCheck;

/**
 * A service with its instances. Thread-safe.
 */
public final class EmulatedService {

	private static final Duration GRACE = Duration.ofSeconds(2);

	private final String name;

	private final TokenCheck tokens;

	private final InstanceFactory factory;

	private final List<InstanceSpec> specs;

	private final List<EmulatedInstance> instances = new CopyOnWriteArrayList<>();

	private final AtomicInteger made = new AtomicInteger();

	private volatile boolean ended;

	private final WeightedRoundRobin turns = new WeightedRoundRobin();

	EmulatedService(String name, ServiceBuilder builder, InstanceFactory factory) {
		this.name = name;
		this.tokens = new TokenCheck(builder.token());
		this.factory = factory;
		this.specs = builder.specs();
		this.specs.forEach((spec) -> this.instances.add(create(spec)));
	}

	/**
	 * The service's name.
	 * @return as on EAS
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The instances.
	 * @return a snapshot, in the order they were added
	 */
	public List<EmulatedInstance> instances() {
		return List.copyOf(this.instances);
	}

	/**
	 * One instance.
	 * @param index its place in {@link #instances()}
	 * @return the instance
	 * @throws IllegalArgumentException if there is none at that place
	 */
	public EmulatedInstance instance(int index) {
		List<EmulatedInstance> current = instances();
		Checks.require(index >= 0 && index < current.size(),
				this.name + " has " + current.size() + " instance(s), counted from 0; there is no " + index);
		return current.get(index);
	}

	/**
	 * Changes the weight of an instance.
	 * @param index its place in {@link #instances()}
	 * @param weight 0 or more
	 */
	public void setWeight(int index, int weight) {
		instance(index).setWeight(weight);
	}

	/**
	 * Starts one more instance like the first and lists it. Blocks until it serves.
	 * @return the instance
	 * @throws IllegalStateException if the service was described without any
	 * @throws io.eas.emulator.process.ProcessStartException if it can't be started
	 */
	public EmulatedInstance add() {
		if (this.specs.isEmpty()) {
			throw new IllegalStateException(this.name + " has no first instance to take as a pattern");
		}
		return add(this.specs.get(0));
	}

	/**
	 * Starts one more instance and lists it. Blocks until it serves.
	 * @param instance describes it
	 * @return the instance
	 * @throws IllegalStateException if the emulator is closed
	 * @throws io.eas.emulator.process.ProcessStartException if it can't be started
	 */
	public EmulatedInstance add(Consumer<InstanceBuilder> instance) {
		return add(ServiceBuilder.spec(instance));
	}

	private EmulatedInstance add(InstanceSpec spec) {
		requireOpen();
		EmulatedInstance added = create(spec);
		try {
			added.launch();
			added.awaitReady();
			this.instances.add(added);
			requireOpen();
			return added;
		}
		catch (RuntimeException ex) {
			this.instances.remove(added);
			end(added);
			throw ex;
		}
	}

	/**
	 * Takes an instance off the list and ends it, its process by SIGTERM first. Blocks
	 * until it has ended; its port is given back.
	 * @param instance one of {@link #instances()}; nothing happens if it isn't
	 */
	public void remove(EmulatedInstance instance) {
		if (this.instances.remove(instance)) {
			end(instance);
		}
	}

	private void requireOpen() {
		if (this.ended) {
			throw new IllegalStateException("the emulator is closed");
		}
	}

	private static void end(EmulatedInstance instance) {
		instance.terminate();
		instance.awaitEnd(GRACE);
	}

	private EmulatedInstance create(InstanceSpec spec) {
		return this.factory.create(this.name + "-" + this.made.getAndIncrement(), spec, this.tokens);
	}

	List<EmulatedInstance> listed() {
		return this.instances.stream().filter(EmulatedInstance::listed).toList();
	}

	Optional<EmulatedInstance> next() {
		return this.turns.next(listed());
	}

	void launch() {
		this.instances.forEach(EmulatedInstance::launch);
	}

	void awaitReady() {
		this.instances.forEach(EmulatedInstance::awaitReady);
	}

	void terminate() {
		this.ended = true;
		this.instances.forEach(EmulatedInstance::terminate);
	}

	void awaitEnd() {
		this.instances.forEach((instance) -> instance.awaitEnd(GRACE));
	}

}
