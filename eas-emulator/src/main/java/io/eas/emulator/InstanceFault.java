package io.eas.emulator;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

import org.jspecify.annotations.Nullable;

/**
 * What can be done to an instance, by its methods or by the admin interface: faults, and
 * what ends them. To add a fault of requests, add a
 * {@link io.eas.emulator.instance.RequestFault} and its entry here, which calls
 * {@code EmulatedInstance.fail}.
 */
public enum InstanceFault {

	/** {@link EmulatedInstance#kill()}. */
	KILL(EmulatedInstance::kill),

	/** {@link EmulatedInstance#freeze()}. */
	FREEZE(EmulatedInstance::freeze),

	/** {@link EmulatedInstance#thaw()}. */
	THAW(EmulatedInstance::thaw),

	/** {@link EmulatedInstance#refuse()}. */
	REFUSE(EmulatedInstance::refuse),

	/** {@link EmulatedInstance#reset()}. */
	RESET(EmulatedInstance::reset),

	/** {@link EmulatedInstance#half()}. */
	HALF(EmulatedInstance::half),

	/** {@link EmulatedInstance#heal()}. */
	HEAL(EmulatedInstance::heal),

	/** {@link EmulatedInstance#restart()}. */
	RESTART(EmulatedInstance::restart),

	/** {@link EmulatedInstance#unlist()}. */
	UNLIST(EmulatedInstance::unlist),

	/** {@link EmulatedInstance#relist()}. */
	RELIST(EmulatedInstance::relist),

	/** {@link EmulatedInstance#late(Duration)}, in milliseconds. */
	LATE("millis", (instance, millis) -> instance.late(Duration.ofMillis(millis))),

	/** {@link EmulatedInstance#status(int)}. */
	STATUS("code", EmulatedInstance::status);

	private final @Nullable String parameter;

	@SuppressWarnings("ImmutableEnumChecker") // a function without state
	private final ObjIntConsumer<EmulatedInstance> action;

	InstanceFault(Consumer<EmulatedInstance> action) {
		this(null, (instance, unused) -> action.accept(instance));
	}

	InstanceFault(@Nullable String parameter, ObjIntConsumer<EmulatedInstance> action) {
		this.parameter = parameter;
		this.action = action;
	}

	/**
	 * Its name in the paths of the admin interface.
	 * @return such as {@code status}
	 */
	public String path() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The number it takes.
	 * @return such as {@code code}; {@code null} if it takes none
	 */
	public @Nullable String parameter() {
		return this.parameter;
	}

	/**
	 * Does it. May block, as the method of the instance does.
	 * @param instance whom it is done to
	 * @param number the number it takes; ignored if it takes none
	 */
	public void apply(EmulatedInstance instance, int number) {
		this.action.accept(instance, number);
	}

}
