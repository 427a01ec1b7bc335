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
import io.eas.emulator.net.PortPool;
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

	EmulatedService(String name, ServiceBuilder builder, Network network, Forwarder forwarder, PortPool ports) {
		this.name = name;
		this.factory = new InstanceFactory(network, forwarder, new TokenCheck(builder.token()), ports);
		this.pattern = builder.pattern();
		this.waits = builder.waitsUntilReady();
		builder.specs().forEach((spec) -> this.instances.add(create(spec)));
	}

	/**
	 * Returns the service's name on EAS.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the instances.
	 * @return a snapshot, in the order in which they were added
	 */
	public List<EmulatedInstance> instances() {
		return List.copyOf(this.instances);
	}

	/**
	 * Returns one instance.
	 * @param index the index in {@link #instances()}
	 * @return the instance
	 * @throws IllegalArgumentException if there is no instance with that index
	 */
	public EmulatedInstance instance(int index) {
		List<EmulatedInstance> current = instances();
		Assert.isTrue(index >= 0 && index < current.size(),
				this.name + " has " + current.size() + " instance(s), counted from 0; there is no " + index);
		return current.get(index);
	}

	/**
	 * Changes the weight of an instance.
	 * @param index the index in {@link #instances()}
	 * @param weight 0 or more
	 */
	public void setWeight(int index, int weight) {
		instance(index).setWeight(weight);
	}

	/**
	 * Starts one more instance like the first one and lists it. Blocks until the new
	 * instance is ready.
	 * @return the instance
	 * @throws IllegalStateException if the service was built without instances or can't
	 * have more of them, for example because no port is left
	 * @throws io.eas.emulator.process.ProcessStartException if it can't be started
	 */
	public EmulatedInstance add() {
		InstanceSpec like = this.pattern;
		if (like == null) {
			throw new IllegalStateException(this.name + " was built without instances, so no instance can be added");
		}
		return add(like);
	}

	/**
	 * Scales the service, one instance after the other: adds an instance and waits until
	 * it is ready, or removes the newest one and waits until it has ended.
	 * @param count the wanted number of instances, 0 or more
	 * @throws IllegalStateException if another change is in progress, or if there are not
	 * enough ports for that number of instances
	 * @throws io.eas.emulator.process.ProcessStartException if an instance can't be
	 * started; the instances that were started before it are kept
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
	 * Replaces all instances, one after the other: starts a new one, waits until it is
	 * ready, then ends an old one. If a new instance fails to start, the old instances
	 * that are left keep running.
	 * @throws IllegalStateException if another change is in progress, or if there is no
	 * port for a new instance beside the old one
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
	 * Restarts all instances on their ports, one after the other, and waits until each is
	 * ready again.
	 * @throws IllegalStateException if another change is in progress
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
	 * Starts one more instance and lists it. Blocks until the new instance is ready.
	 * @param instance configures the instance
	 * @return the instance
	 * @throws IllegalStateException if the emulator is closed, or no port is left
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
		added.reserve();
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
	 * Removes an instance from the list and ends it: by SIGTERM and after 2 s by SIGKILL,
	 * or, if it was deployed from a {@code service.json}, as that file says. Blocks until
	 * the instance has ended and its port is released.
	 * @param instance one of {@link #instances()}; any other instance is ignored
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
