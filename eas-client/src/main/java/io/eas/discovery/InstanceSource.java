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
 * Where the calls of one service go: to the instances that are known, or, while none is,
 * through the gateway where that is wanted. Writes a line when calls begin to go through
 * the gateway for want of instances, and one when they no longer do. Thread-safe; reads
 * memory only.
 */
public final class InstanceSource {

	private static final Log log = LogFactory.getLog(InstanceSource.class);

	private final String service;

	private final InstanceCache cache;

	private final @Nullable Gateway gateway;

	private final @Nullable InstanceList fallback;

	/** Run whenever something waits for the first list. */
	private volatile Runnable onWait = () -> {
	};

	private final AtomicReference<Fallback> progress = new AtomicReference<>(Fallback.UNUSED);

	/**
	 * The source of one service.
	 * @param service its alias, for the log
	 * @param cache the instances that are known
	 * @param gateway what to go through while none is, or null if calls wait instead
	 * @param now the time from which on the gateway is there
	 */
	public InstanceSource(String service, InstanceCache cache, @Nullable Gateway gateway, Instant now) {
		this.service = service;
		this.cache = cache;
		this.gateway = gateway;
		this.fallback = (gateway != null) ? new InstanceList(List.of(gateway.instance()), now, Source.GATEWAY) : null;
	}

	/**
	 * Where a call can go now, without waiting.
	 * @return the known instances or the gateway alone; null if calls have to wait for
	 * the first list
	 */
	public @Nullable InstanceList current() {
		InstanceList known = this.cache.current();
		return (known != null) ? known : throughGateway();
	}

	private @Nullable InstanceList throughGateway() {
		if (this.fallback != null && this.progress.get() == Fallback.UNUSED
				&& this.progress.compareAndSet(Fallback.UNUSED, Fallback.IN_USE)) {
			log.warn(this.service + ": no instance is known; calls go through the gateway at "
					+ this.fallback.instances().get(0).address() + " until discovery gives a list");
		}
		return this.fallback;
	}

	/**
	 * Waits for the first list of instances, as {@link InstanceCache#first} does.
	 * @return that list
	 */
	public Mono<InstanceList> first() {
		return Mono.defer(() -> {
			this.onWait.run();
			return this.cache.first();
		});
	}

	/**
	 * Has something done before each wait for the first list.
	 * @param action run by whoever waits, often an event loop; must not throw
	 */
	public void onWait(Runnable action) {
		this.onWait = action;
	}

	/**
	 * Has somebody hear of each change of where calls go, by whoever brings it, after it.
	 * @param follower told of the list from then on; must not block, and not throw
	 */
	public void follow(Consumer<InstanceList> follower) {
		this.cache.follow(follower);
	}

	/**
	 * The service.
	 * @return its alias
	 */
	public String service() {
		return this.service;
	}

	/**
	 * Takes note that instances are known, if they are; then they are from then on.
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
	 * Whether calls would go through the gateway now because no instance is known.
	 * @return false also where calls go through the gateway by configuration
	 */
	public boolean isFallingBack() {
		return this.fallback != null && this.cache.current() == null;
	}

	/**
	 * Whether an instance is spoken to over TLS.
	 * @param instance one of a list from here
	 * @return true only for a gateway whose URL starts with https
	 */
	public boolean isSecure(EasInstance instance) {
		return this.gateway != null && this.gateway.secure() && this.gateway.instance().equals(instance);
	}

	/**
	 * Whether there is anything to speak to over TLS.
	 * @return true if there is a gateway whose URL starts with https
	 */
	public boolean isSecure() {
		return this.gateway != null && this.gateway.secure();
	}

	/** How far falling back has come; there is no way back, since a list stays. */
	private enum Fallback {

		UNUSED, IN_USE, OVER

	}

}
