package io.eas.benchmarks.scale;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.eas.benchmarks.clients.Application;
import io.eas.benchmarks.load.Pause;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * The program of an application with many services. Its arguments are the kind and the
 * number of services, the file with their properties, and the number of starts. It prints
 * the measurements.
 */
public final class ServicesProgram {

	private static final int COLLECTIONS = 3;

	private static final Duration SETTLING = Duration.ofMillis(200);

	private final ServiceKind kind;

	private final int count;

	private final String file;

	private ServicesProgram(ServiceKind kind, int count, String file) {
		this.kind = kind;
		this.count = count;
		this.file = file;
	}

	/**
	 * Runs the program and exits.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		ServicesProgram program = new ServicesProgram(ServiceKind.valueOf(args[0]), Integer.parseInt(args[1]), args[2]);
		System.out.println(program.measure(Integer.parseInt(args[3])).json());
		System.exit(0);
	}

	/**
	 * Measures starts. The first start is that of a new process, as users see it; later
	 * starts run compiled code.
	 */
	private StartSample measure(int starts) {
		long started = System.nanoTime();
		ConfigurableApplicationContext first = start();
		long cold = System.nanoTime() - started;
		long heap = heap();
		first.close();
		long[] later = new long[starts - 1];
		for (int n = 0; n < later.length; n++) {
			started = System.nanoTime();
			ConfigurableApplicationContext context = start();
			later[n] = System.nanoTime() - started;
			context.close();
		}
		Arrays.sort(later);
		return new StartSample(cold, (later.length > 0) ? later[later.length / 2] : cold, heap);
	}

	private ConfigurableApplicationContext start() {
		ConfigurableApplicationContext context = Application.start(ManyServices.class,
				List.of("spring.config.location=file:" + this.file));
		this.kind.use(context, this.count);
		return context;
	}

	/**
	 * Returns the heap in use after several garbage collections. Some memory, such as the
	 * tables of closed archives, is released only some time after the first collection.
	 */
	private static long heap() {
		for (int n = 0; n < COLLECTIONS; n++) {
			System.gc();
			Pause.of(SETTLING);
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/** An application with the complete auto-configuration and nothing else. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ManyServices {

	}

}
