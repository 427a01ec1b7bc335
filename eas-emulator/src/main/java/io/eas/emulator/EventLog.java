package io.eas.emulator;

import java.util.function.Consumer;

import io.eas.emulator.instance.InstanceEvent;
import io.eas.emulator.lifecycle.StateText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a line for each transition of an instance.
 */
final class EventLog implements Consumer<InstanceEvent> {

	private static final Logger LOGGER = LoggerFactory.getLogger(EventLog.class);

	@Override
	public void accept(InstanceEvent event) {
		LOGGER.info("{} is {}: {}", event.instance(), StateText.of(event.to().phase()), event.reason());
	}

}
