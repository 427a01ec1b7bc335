package io.eas.test.local;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;

import org.springframework.context.annotation.Import;

/**
 * Connects an application to a local EAS, which starts and ends with the application
 * context. On a test class, the local EAS belongs to the application context of the test,
 * which Spring shares between classes with equal configurations. On a configuration
 * class, it belongs to the application that uses this class, for example with {@code
 * SpringApplication.from(App::main).with(…)}.
 *
 * <pre class="code">
 * &#64;SpringBootTest
 * &#64;LocalEas(&#64;LocalEas.Service(alias = "mnist", instances = 2, handler = Sevens.class))
 * class DigitTests {
 *
 *     &#64;LocalEasService("mnist")
 *     private EmulatedService mnist;
 * </pre>
 *
 * <p>
 * The services are configured with properties that take precedence over all others:
 * {@code service-name}, {@code token} and {@code discovery.allowed-networks}. A bean of
 * type {@link io.eas.autoconfigure.EasConnectionDetails} names the endpoint. Everything
 * else, such as timeouts and retries, remains as the application configures it. Services
 * that are not named here keep their endpoints.
 *
 * <p>
 * The {@link EasEmulator} can be injected as well. After each test method all faults of
 * instances and of discovery are healed, and the ejection of instances ends. Instances
 * that a test has added or removed remain added or removed.
 *
 * <p>
 * Not supported for application contexts that are processed ahead of time (AOT).
 *
 * <p>
 * While Spring Boot DevTools restarts an application, the local EAS keeps running, with
 * the services that it was started with.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(LocalEasRegistrar.class)
public @interface LocalEas {

	/**
	 * The services.
	 * @return one or more services with different aliases
	 */
	Service[] value();

	/**
	 * The port of discovery and gateway, useful in development.
	 * @return the port; 0, which is the default, for one that the system chooses
	 */
	int port() default 0;

	/**
	 * A service of the local EAS. Its instances are handlers in this JVM, or processes of
	 * a command or of a {@code service.json}; without any of these, the instances echo
	 * the body of each request.
	 */
	@Target({})
	@Retention(RetentionPolicy.RUNTIME)
	@interface Service {

		/**
		 * The alias of the service.
		 * @return the name under {@code eas.services}, which need not be configured
		 */
		String alias();

		/**
		 * The number of instances.
		 * @return 1 or more; 0, which is the default, for one instance or, with
		 * {@link #serviceJson()}, the number in {@code metadata.instance}
		 */
		int instances() default 0;

		/**
		 * The model inside this JVM.
		 * @return a class that Spring can create, with the beans that its constructor
		 * needs; one object is shared by all instances of the service
		 */
		Class<? extends EmulatedHandler> handler() default EmulatedHandler.class;

		/**
		 * The command of each instance; see
		 * {@link io.eas.emulator.InstanceBuilder#command(String...)}.
		 * @return the program with its arguments
		 */
		String[] command() default {};

		/**
		 * The path that answers once an instance of {@link #command()} is ready.
		 * @return a path; by default an instance is ready once its port is open
		 */
		String readyPath() default "";

		/**
		 * The {@code service.json} to run, with its health checks.
		 * @return a path from the working directory, which is usually that of the module,
		 * or a location such as {@code classpath:service.json}
		 */
		String serviceJson() default "";

		/**
		 * The directory in which the command of {@link #serviceJson()} runs.
		 * @return a path from the working directory; by default the directory of the file
		 */
		String directory() default "";

	}

}
