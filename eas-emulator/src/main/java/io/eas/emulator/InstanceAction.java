package io.eas.emulator;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.eas.emulator.admin.AdminRequest;

/**
 * What the admin interface does to an instance.
 */
enum InstanceAction {

	KILL(EmulatedInstance::kill), FREEZE(EmulatedInstance::freeze), THAW(EmulatedInstance::thaw),
	REFUSE(EmulatedInstance::refuse), RESET(EmulatedInstance::reset), HALF(EmulatedInstance::half),
	HEAL(EmulatedInstance::heal), RESTART(EmulatedInstance::restart), UNLIST(EmulatedInstance::unlist),
	RELIST(EmulatedInstance::relist), LATE((instance, request) -> instance.late(request.millis())),
	STATUS((instance, request) -> instance.status(request.number("code")));

	@SuppressWarnings("ImmutableEnumChecker") // a function without state
	private final BiConsumer<EmulatedInstance, AdminRequest> action;

	InstanceAction(Consumer<EmulatedInstance> action) {
		this((instance, request) -> action.accept(instance));
	}

	InstanceAction(BiConsumer<EmulatedInstance, AdminRequest> action) {
		this.action = action;
	}

	void apply(EmulatedInstance instance, AdminRequest request) {
		this.action.accept(instance, request);
	}

}
