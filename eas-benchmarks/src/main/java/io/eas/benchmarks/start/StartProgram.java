package io.eas.benchmarks.start;

import java.lang.management.ManagementFactory;
import java.net.URL;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import io.eas.benchmarks.clients.Body;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The program of an application that is started once. Its arguments are the configuration
 * class, the classes that must be missing, separated by commas, and the command line of
 * the application. It makes a call, prints the measurements and exits.
 */
public final class StartProgram {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private StartProgram() {
	}

	/**
	 * Runs the program and exits.
	 * @param args the command line
	 * @throws ClassNotFoundException if there is no such configuration class
	 */
	public static void main(String[] args) throws ClassNotFoundException {
		Stream.of(args[1].split(",")).filter((name) -> !name.isEmpty()).forEach(StartProgram::checkMissing);
		long begun = System.nanoTime();
		ConfigurableApplicationContext context = SpringApplication.run(Class.forName(args[0]),
				Arrays.copyOfRange(args, 2, args.length));
		long ready = System.nanoTime();
		long thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		long calling = System.nanoTime();
		context.getBean(EchoController.class).echo(Body.BYTES).block(PATIENCE);
		long called = System.nanoTime();
		long processor = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
		long classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
		System.out.println(new StartedApplication(ready - begun, thread, called - calling, processor, classes).json());
		System.exit(0);
	}

	/**
	 * Checks that a class is missing. Looks for its file, because loading the class would
	 * cost time.
	 */
	private static void checkMissing(String name) {
		URL found = ClassLoader.getSystemResource(name.replace('.', '/') + ".class");
		if (found != null) {
			throw new IllegalStateException("an application without " + name + " has " + found);
		}
	}

}
