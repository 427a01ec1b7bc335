package io.eas.emulator;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.eas.emulator.admin.AdminRequest;
import io.eas.emulator.admin.AdminRoute;
import io.eas.emulator.admin.AdminRoute.Method;
import io.eas.emulator.admin.AdminState;
import io.eas.emulator.admin.NotFoundException;
import io.eas.emulator.discovery.DiscoveryFault;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the admin interface: the emulator's state, and the actions that change
 * it.
 *
 * @param emulator the emulator to show and change
 */
record AdminActions(EasEmulator emulator) {

	private static final String SERVICE = "/services/{service}";

	private static final String INSTANCES = SERVICE + "/instances";

	List<AdminRoute> routes() {
		return List.of(new AdminRoute(Method.GET, "/services", (request) -> state()),
				new AdminRoute(Method.POST, SERVICE + "/scale?instances=", this::scale),
				new AdminRoute(Method.POST, SERVICE + "/restart", this::restart),
				new AdminRoute(Method.POST, SERVICE + "/rollout", this::rollout),
				new AdminRoute(Method.POST, INSTANCES, this::add),
				new AdminRoute(Method.DELETE, INSTANCES + "/{instance}", this::remove),
				new AdminRoute(Method.PUT, INSTANCES + "/{instance}/weight?value=", this::setWeight),
				new AdminRoute(Method.POST, INSTANCES + "/{instance}/{action}", this::onInstance),
				new AdminRoute(Method.POST, "/discovery/{action}", this::onDiscovery));
	}

	private Object scale(AdminRequest request) {
		return changed(request, (service) -> service.scale(request.number("instances")));
	}

	private Object restart(AdminRequest request) {
		return changed(request, EmulatedService::restart);
	}

	private Object rollout(AdminRequest request) {
		return changed(request, EmulatedService::rollout);
	}

	private Object changed(AdminRequest request, Consumer<EmulatedService> change) {
		EmulatedService service = service(request);
		change.accept(service);
		return state(service);
	}

	private Object add(AdminRequest request) {
		return state(service(request).add());
	}

	private Object remove(AdminRequest request) {
		EmulatedInstance instance = instance(request);
		service(request).remove(instance);
		return state(instance);
	}

	private Object setWeight(AdminRequest request) {
		EmulatedInstance instance = instance(request);
		instance.setWeight(request.number("value"));
		return state(instance);
	}

	private Object onInstance(AdminRequest request) {
		EmulatedInstance instance = instance(request);
		InstanceFault fault = named(InstanceFault.values(), InstanceFault::path, request);
		fault.apply(instance, number(fault.parameter(), request));
		return state(instance);
	}

	private Object onDiscovery(AdminRequest request) {
		DiscoveryFault fault = named(DiscoveryFault.values(), DiscoveryFault::path, request);
		this.emulator.discovery().apply(fault, number(fault.parameter(), request));
		return state().discovery();
	}

	private static <F> F named(F[] faults, Function<F, String> path, AdminRequest request) {
		String name = request.part("action");
		return Arrays.stream(faults)
			.filter((fault) -> path.apply(fault).equals(name))
			.findFirst()
			.orElseThrow(() -> new NotFoundException(
					"there is no action " + name + "; the actions are " + Arrays.stream(faults).map(path).toList()));
	}

	private static int number(@Nullable String parameter, AdminRequest request) {
		return (parameter != null) ? request.number(parameter) : 0;
	}

	private EmulatedService service(AdminRequest request) {
		try {
			return this.emulator.service(request.part("service"));
		}
		catch (IllegalArgumentException ex) {
			throw new NotFoundException(String.valueOf(ex.getMessage()));
		}
	}

	private EmulatedInstance instance(AdminRequest request) {
		EmulatedService service = service(request);
		List<EmulatedInstance> instances = service.instances();
		String wanted = request.part("instance");
		return IntStream.range(0, instances.size())
			.filter((i) -> wanted.equals(instances.get(i).name()) || wanted.equals(String.valueOf(i)))
			.mapToObj(instances::get)
			.findFirst()
			.orElseThrow(() -> new NotFoundException(service.name() + " has no instance " + wanted
					+ "; its instances are " + instances.stream().map(EmulatedInstance::name).toList()
					+ ", given by name or counted from 0"));
	}

	AdminState state() {
		return new AdminState(this.emulator.endpoint(),
				new AdminState.Discovery(this.emulator.discovery().fault(), this.emulator.discovery().requests()),
				this.emulator.services().stream().map(this::state).toList());
	}

	private AdminState.Service state(EmulatedService service) {
		return new AdminState.Service(service.name(), service.instances().stream().map(AdminActions::state).toList(),
				this.emulator.upstreams(service));
	}

	private static AdminState.Instance state(EmulatedInstance instance) {
		Long pid = instance.pid().isPresent() ? instance.pid().getAsLong() : null;
		return new AdminState.Instance(instance.name(), instance.address(), instance.weight(), pid, instance.listed(),
				instance.state(), instance.fault(), instance.requests(), instance.inFlight(), instance.answers(),
				instance.lifecycle().map(AdminState.Health::of).orElse(null));
	}

}
