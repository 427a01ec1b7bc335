package io.eas.autoconfigure;

import io.eas.server.Drain;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/** Notifies the drain when the application has become ready, if it has a web server. */
final class ReadinessListener implements ApplicationListener<AvailabilityChangeEvent<?>> {

	private final Drain drain;

	private final ApplicationContext context;

	ReadinessListener(Drain drain, ApplicationContext context) {
		this.drain = drain;
		this.context = context;
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC && event.getSource() == this.context
				&& this.context instanceof WebServerApplicationContext) {
			this.drain.ready();
		}
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

}
