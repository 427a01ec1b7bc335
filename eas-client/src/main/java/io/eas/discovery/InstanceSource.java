package io.eas.discovery;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.eas.instance.EasInstance;
import io.eas.instance.Gateway;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Provides the instances to which the calls of a service go. These are the known
 * instances. As long as no instance is known, calls go to the gateway instead, if this
 * fallback is enabled. Logs when calls begin to go through the gateway because no
 * instance is known, and when they no longer do. Thread-safe; never blocks.
 */
public final class InstanceSource {

	private static final Log log = LogFactory.getLog(InstanceSource.class);

	private final String service;

	private final InstanceCache cache;

	private final @Nullable Gateway gateway;

	private final @Nullable InstanceList fallback;

	/** Run before each wait for the first list. */
	private volatile Runnable onWait = () -> {
	};

	private final AtomicReference<Fallback> progress = new AtomicReference<>(Fallback.UNUSED);

	/**
	 * Creates the source of a service.
	 * @param service the alias of the service, for the log
	 * @param cache the cache of the known instances
	 * @param gateway the gateway for calls while no instance is known, or null if calls
	 * wait instead
	 * @param now the current time, which is used as the fetch time of the list with the
	 * gateway
	 */
	public InstanceSource(String service, InstanceCache cache, @Nullable Gateway gateway, Instant now) {
		this.service = service;
		this.cache = cache;
		this.gateway = gateway;
		this.fallback = (gateway != null) ? new InstanceList(List.of(gateway.instance()), now, Source.GATEWAY) : null;
	}

	/**
	 * Returns the instances that a call can go to now, without waiting.
	 * @return the known instances or else the gateway; null if calls have to wait for the
	 * first list
	 */
	public @Nullable InstanceList current() {
		InstanceList known = this.cache.current();
		return (known != null) ? known : throughGateway();
	}

	private @Nullable InstanceList throughGateway() {
		if (this.fallback != null && this.progress.get() == Fallback.UNUSED
				&& this.progress.compareAndSet(Fallback.UNUSED, Fallback.IN_USE)) {
			log.warn(this.service + ": no instance is known; calls go through the gateway at "
					+ this.fallback.instances().get(0).address() + " until discovery returns a list");
		}
		return this.fallback;
	}

	/**
	 * Returns the first list of instances as soon as there is one, like
	 * {@link InstanceCache#first}.
	 * @return the first list
	 */
	public Mono<InstanceList> first() {
		return Mono.defer(() -> {
			this.onWait.run();
			return this.cache.first();
		});
	}

	/**
	 * Sets an action that runs before each wait for the first list.
	 * @param action the action, run on the waiting thread, often an event loop; must
	 * neither block nor throw an exception
	 */
	public void onWait(Runnable action) {
		this.onWait = action;
	}

	/**
	 * Adds a follower, which is notified after each change of the list, on the thread
	 * that set the new list.
	 * @param follower called with the new list; must neither block nor throw an exception
	 */
	public void follow(Consumer<InstanceList> follower) {
		this.cache.follow(follower);
	}

	/**
	 * Returns the alias of the service.
	 * @return the alias
	 */
	public String service() {
		return this.service;
	}

	/**
	 * Ends the fallback to the gateway if instances are known. Known instances are never
	 * lost, so the fallback doesn't begin again.
	 */
	public void found() {
		InstanceList known = this.cache.current();
		if (known == null || known.source() == Source.GATEWAY) {
			return;
		}
		if (this.progress.getAndSet(Fallback.OVER) == Fallback.IN_USE) {
			log.info(this.service + ": instances are known; calls go to them and no longer through the gateway");
		}
	}

	/**
	 * Returns whether calls go through the gateway now because no instance is known.
	 * @return true only for the fallback, not if the configured mode sends all calls
	 * through the gateway
	 */
	public boolean isFallingBack() {
		return this.fallback != null && this.cache.current() == null;
	}

	/**
	 * Returns whether connections to an instance use TLS.
	 * @param instance an instance of a list from this source
	 * @return true only for a gateway whose URL starts with https
	 */
	public boolean isSecure(EasInstance instance) {
		return this.gateway != null && this.gateway.secure() && this.gateway.instance().equals(instance);
	}

	/**
	 * Returns whether any connection may use TLS.
	 * @return true if there is a gateway whose URL starts with https
	 */
	public boolean isSecure() {
		return this.gateway != null && this.gateway.secure();
	}

	/**
	 * The stages of the fallback. The fallback never returns to an earlier stage, because
	 * a list is never lost.
	 */
	private enum Fallback {

		UNUSED, IN_USE, OVER

	}

}
