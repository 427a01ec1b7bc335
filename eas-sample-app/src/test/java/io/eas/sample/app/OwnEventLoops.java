package io.eas.sample.app;

import java.time.Duration;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Starts applications beside others in one JVM. Closing one that shares Reactor Netty's
 * global event loops would end the servers of all.
 */
public final class OwnEventLoops {

	private OwnEventLoops() {
	}

	public static ConfigurableApplicationContext run(String... args) {
		SpringApplication application = new SpringApplication(SampleApplication.class);
		application.addInitializers((context) -> ((GenericApplicationContext) context)
			.registerBean(ReactorResourceFactory.class, OwnEventLoops::resources));
		return application.run(args);
	}

	private static ReactorResourceFactory resources() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setShutdownQuietPeriod(Duration.ZERO);
		return resources;
	}

}
