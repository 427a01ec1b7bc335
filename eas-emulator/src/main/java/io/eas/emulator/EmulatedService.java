package io.eas.emulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.eas.emulator.instance.InstanceFactory;
import io.eas.emulator.net.Assert;
import io.eas.emulator.net.Forwarder;
import io.eas.emulator.net.Network;
import io.eas.emulator.token.TokenCheck;
import org.jspecify.annotations.Nullable;

/**
 * A service with its instances. Thread-safe.
 */
public final class EmulatedService {

	private static final Duration GRACE = Duration.ofSeconds(2);

	private final String name;

	private final InstanceFactory factory;

	private final @Nullable InstanceSpec pattern;

	private final boolean waits;

	private final ReentrantLock change = new ReentrantLock();

	private final List<EmulatedInstance> instances = new CopyOnWriteArrayList<>();

	private final AtomicInteger made = new AtomicInteger();

	private volatile boolean ended;

	EmulatedService(String name, ServiceBuilder builder, Network network, Forwarder forwarder) {
		this.name = name;
		this.factory = new InstanceFactory(network, forwarder, new TokenCheck(builder.token()));
		this.pattern = builder.pattern();
		this.waits = builder.waitsUntilReady();
		builder.specs().forEach((spec) -> this.instances.add(create(spec)));
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
		Assert.isTrue(index >= 0 && index < current.size(),
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
	 * @throws IllegalStateException if the service was described without any, or there
	 * can't be more
	 * @throws io.eas.emulator.process.ProcessStartException if it can't be started
	 */
	public EmulatedInstance add() {
		InstanceSpec like = this.pattern;
		if (like == null) {
			throw new IllegalStateException(this.name + " has no first instance to take as a pattern");
		}
		return add(like);
	}

	/**
	 * Scales the service, one instance after the other: adds one and waits for it to
	 * serve, or removes the newest and waits for it to end.
	 * @param count how many, 0 or more
	 * @throws IllegalStateException if another change is under way, or there can't be as
	 * many: they would share a port
	 * @throws io.eas.emulator.process.ProcessStartException if one can't be started; the
	 * others stay
	 */
	public void scale(int count) {
		ServiceBuilder.checkCount(count);
		change(() -> {
			requireRoom(this.pattern, count);
			while (this.instances.size() < count) {
				add();
			}
			while (this.instances.size() > count) {
				remove(this.instances.get(this.instances.size() - 1));
			}
		});
	}

	/**
	 * Replaces all instances, one after the other: starts a new one, waits for it to
	 * serve, then ends an old one. If a new one fails to start, the others stay as they
	 * are.
	 * @throws IllegalStateException if another change is under way, or the old and the
	 * new one would share a port
	 * @throws io.eas.emulator.process.ProcessStartException if one can't be started
	 */
	public void rollout() {
		change(() -> {
			for (EmulatedInstance old : instances()) {
				add();
				remove(old);
			}
		});
	}

	/**
	 * Restarts all instances where they are, one after the other, waiting for each to
	 * serve again.
	 * @throws IllegalStateException if another change is under way
	 * @throws io.eas.emulator.process.ProcessStartException if one can't be started
	 */
	public void restart() {
		change(() -> instances().forEach(EmulatedInstance::restart));
	}

	private void change(Runnable change) {
		if (!this.change.tryLock()) {
			throw new IllegalStateException(this.name + " is being scaled or rolled out; wait until that is done");
		}
		try {
			change.run();
		}
		finally {
			this.change.unlock();
		}
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
		this.change.lock();
		try {
			requireRoom(spec, this.instances.size() + 1);
			return start(create(spec));
		}
		finally {
			this.change.unlock();
		}
	}

	private static void requireRoom(@Nullable InstanceSpec spec, int count) {
		String alone = (spec != null) ? spec.alone() : null;
		if (alone != null && count > 1) {
			throw new IllegalStateException(alone);
		}
	}

	private EmulatedInstance start(EmulatedInstance added) {
		this.instances.add(added);
		try {
			requireOpen();
			added.launch();
			added.awaitReady();
			requireOpen();
			return added;
		}
		catch (RuntimeException ex) {
			end(added);
			this.instances.remove(added);
			throw ex;
		}
	}

	/**
	 * Takes an instance off the list and ends it: its process by SIGTERM and after 2 s by
	 * SIGKILL, or as its {@code service.json} says. Blocks until it has ended; its port
	 * is given back.
	 * @param instance one of {@link #instances()}; nothing happens if it isn't
	 */
	public void remove(EmulatedInstance instance) {
		this.change.lock();
		try {
			if (this.instances.contains(instance)) {
				instance.unlist();
				retire(instance);
			}
		}
		finally {
			this.change.unlock();
		}
	}

	private void retire(EmulatedInstance instance) {
		try {
			instance.retire();
		}
		finally {
			end(instance);
			this.instances.remove(instance);
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
		String instance = this.name + "-" + this.made.getAndIncrement();
		return new EmulatedInstance(spec.weight(), spec.create().apply(this.factory, instance));
	}

	List<EmulatedInstance> listed() {
		return this.instances.stream().filter(EmulatedInstance::listed).toList();
	}

	void launch() {
		this.instances.forEach(EmulatedInstance::launch);
	}

	void awaitReady() {
		if (this.waits) {
			this.instances.forEach(EmulatedInstance::awaitReady);
		}
	}

	void terminate() {
		this.ended = true;
		this.instances.forEach(EmulatedInstance::terminate);
	}

	void awaitEnd() {
		this.instances.forEach((instance) -> instance.awaitEnd(GRACE));
	}

}
