package io.eas.test.local;

import java.time.Instant;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.instance.EasInstance;
import io.eas.service.EasService;
import io.eas.service.EasServices;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Heals the {@linkplain LocalEas local EAS} after each test method, so that the next
 * method starts without faults.
 */
final class LocalEasTestExecutionListener extends AbstractTestExecutionListener {

	@Override
	public void afterTestMethod(TestContext test) {
		if (!test.hasApplicationContext()) {
			return;
		}
		ApplicationContext context = test.getApplicationContext();
		if (context.containsBean(LocalEasRegistrar.EMULATOR)) {
			heal(context.getBean(LocalEasRegistrar.EMULATOR, EasEmulator.class));
			context.getBeanProvider(EasServices.class).ifAvailable(LocalEasTestExecutionListener::restore);
		}
	}

	private static void heal(EasEmulator eas) {
		eas.discovery().heal();
		eas.services()
			.stream()
			.flatMap((service) -> service.instances().stream())
			.forEach((EmulatedInstance instance) -> {
				instance.heal();
				instance.relist();
			});
	}

	/** Ends the ejection of instances that were ejected because of their faults. */
	private static void restore(EasServices services) {
		for (EasService service : services.all()) {
			service.describe(Instant.now())
				.instances()
				.stream()
				.filter((instance) -> instance.cause() != null)
				.map((instance) -> EasInstance.parse(instance.address()))
				.forEach((instance) -> restore(service, instance));
		}
	}

	private static void restore(EasService service, EasInstance instance) {
		try {
			service.selector().restore(instance);
		}
		catch (IllegalArgumentException ex) {
			// the instance has just left the list
		}
	}

}
