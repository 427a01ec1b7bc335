package io.eas.emulator;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.eas.emulator.admin.AdminRequest;
import io.eas.emulator.discovery.EmulatedDiscovery;

/**
 * What the admin interface does to the discovery API.
 */
enum DiscoveryAction {

	EMPTY(EmulatedDiscovery::empty), GARBAGE(EmulatedDiscovery::garbage), SILENT(EmulatedDiscovery::silent),
	RESET(EmulatedDiscovery::reset), REFUSE(EmulatedDiscovery::refuse), HEAL(EmulatedDiscovery::heal),
	LATE((discovery, request) -> discovery.late(request.millis())),
	STATUS((discovery, request) -> discovery.status(request.number("code")));

	@SuppressWarnings("ImmutableEnumChecker") // a function without state
	private final BiConsumer<EmulatedDiscovery, AdminRequest> action;

	DiscoveryAction(Consumer<EmulatedDiscovery> action) {
		this((discovery, request) -> action.accept(discovery));
	}

	DiscoveryAction(BiConsumer<EmulatedDiscovery, AdminRequest> action) {
		this.action = action;
	}

	void apply(EmulatedDiscovery discovery, AdminRequest request) {
		this.action.accept(discovery, request);
	}

}
