package io.eas.emulator;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The faults of an instance and the actions that end them, as offered by the instance's
 * methods and the admin interface. To add a fault of requests, add a
 * {@link io.eas.emulator.instance.RequestFault}, and an entry in this enum that calls
 * {@code
 * EmulatedInstance.fail}.
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

	/** {@link EmulatedInstance#abort(int)}. */
	ABORT("events", EmulatedInstance::abort),

	/** {@link EmulatedInstance#stall(int)}. */
	STALL("events", EmulatedInstance::stall),

	/** {@link EmulatedInstance#error(int)}. */
	ERROR("events", EmulatedInstance::error),

	/** {@link EmulatedInstance#split()}. */
	SPLIT(EmulatedInstance::split),

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
	 * Returns the fault's name in paths of the admin interface.
	 * @return a name such as {@code status}
	 */
	public String path() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the name of the number that the fault takes.
	 * @return a name such as {@code code}; {@code null} if the fault takes no number
	 */
	public @Nullable String parameter() {
		return this.parameter;
	}

	/**
	 * Applies the fault to an instance. May block, as the instance's method does.
	 * @param instance the instance
	 * @param number the number; ignored if the fault takes none
	 */
	public void apply(EmulatedInstance instance, int number) {
		this.action.accept(instance, number);
	}

}
