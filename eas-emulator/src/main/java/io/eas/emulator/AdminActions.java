package io.eas.emulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What the admin interface can do. Each method may block, answers what to show, and fails
 * with a message that says what would have been right.
 *
 * @param emulator whom it is done to
 */
record AdminActions(EasEmulator emulator) {

	Object services(AdminRequest request) {
		return AdminState.of(this.emulator);
	}

	Object onInstance(AdminRequest request) {
		EmulatedInstance instance = instance(request);
		action(InstanceAction.class, request).apply(instance, request);
		return AdminState.Instance.of(instance);
	}

	Object setWeight(AdminRequest request) {
		EmulatedInstance instance = instance(request);
		instance.setWeight(request.number("value"));
		return AdminState.Instance.of(instance);
	}

	Object add(AdminRequest request) {
		return AdminState.Instance.of(service(request).add());
	}

	Object remove(AdminRequest request) {
		EmulatedInstance instance = instance(request);
		service(request).remove(instance);
		return AdminState.Instance.of(instance);
	}

	Object scale(AdminRequest request) {
		return changed(request, (service) -> service.scale(request.number("instances")));
	}

	Object restart(AdminRequest request) {
		return changed(request, EmulatedService::restart);
	}

	Object rollout(AdminRequest request) {
		return changed(request, EmulatedService::rollout);
	}

	private Object changed(AdminRequest request, Consumer<EmulatedService> change) {
		EmulatedService service = service(request);
		change.accept(service);
		return AdminState.Service.of(service);
	}

	Object onDiscovery(AdminRequest request) {
		action(DiscoveryAction.class, request).apply(this.emulator.discovery(), request);
		return AdminState.of(this.emulator).discovery();
	}

	private EmulatedService service(AdminRequest request) {
		try {
			return this.emulator.service(request.part("service"));
		}
		catch (IllegalArgumentException ex) {
			throw new NothingThere(ex);
		}
	}

	private EmulatedInstance instance(AdminRequest request) {
		EmulatedService service = service(request);
		int index = request.index();
		try {
			return service.instance(index);
		}
		catch (IllegalArgumentException ex) {
			throw new NothingThere(ex);
		}
	}

	private static <E extends Enum<E>> E action(Class<E> actions, AdminRequest request) {
		String name = request.part("action");
		return Arrays.stream(actions.getEnumConstants())
			.filter((action) -> path(action).equals(name))
			.findFirst()
			.orElseThrow(() -> new NothingThere(new IllegalArgumentException("there is no action " + name + ", but "
					+ Arrays.stream(actions.getEnumConstants()).map(AdminActions::path).toList())));
	}

	private static String path(Enum<?> action) {
		return action.name().toLowerCase(Locale.ROOT);
	}

	/** The path names something that doesn't exist. */
	static final class NothingThere extends RuntimeException {

		private static final long serialVersionUID = 1L;

		NothingThere(IllegalArgumentException cause) {
			super(cause.getMessage(), cause);
		}

	}

}
