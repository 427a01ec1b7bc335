package io.eas.emulator.discovery;

import java.time.Duration;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The faults of the discovery API and the action that ends them. To add a fault, add a
 * {@code PollFault} and an entry in this enum.
 */
public enum DiscoveryFault {

	/** {@link EmulatedDiscovery#empty()}. */
	EMPTY(PollFault.Empty::new),

	/** {@link EmulatedDiscovery#garbage()}. */
	GARBAGE(PollFault.Garbage::new),

	/** {@link EmulatedDiscovery#silent()}. */
	SILENT(PollFault.Silent::new),

	/** {@link EmulatedDiscovery#reset()}. */
	RESET(PollFault.Reset::new),

	/** {@link EmulatedDiscovery#refuse()}. */
	REFUSE(PollFault.Refuse::new),

	/** {@link EmulatedDiscovery#heal()}. */
	HEAL(PollFault.None::new),

	/** {@link EmulatedDiscovery#late(Duration)}, in milliseconds. */
	LATE("millis", (millis) -> new PollFault.Late(Duration.ofMillis(millis))),

	/** {@link EmulatedDiscovery#status(int)}. */
	STATUS("code", PollFault.Status::new);

	private final @Nullable String parameter;

	@SuppressWarnings("ImmutableEnumChecker") // a stateless function
	private final IntFunction<PollFault> fault;

	DiscoveryFault(Supplier<PollFault> fault) {
		this(null, (unused) -> fault.get());
	}

	DiscoveryFault(@Nullable String parameter, IntFunction<PollFault> fault) {
		this.parameter = parameter;
		this.fault = fault;
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

	PollFault with(int number) {
		return this.fault.apply(number);
	}

}
