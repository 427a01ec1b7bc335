package io.eas.benchmarks.scale;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.eas.benchmarks.instances.Conversation;
import io.eas.benchmarks.instances.LocalService;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;

/**
 * Measures many services in one application, which is started in a process of its own for
 * each round. Blocks.
 *
 * @param services the number of services
 * @param rounds the number of rounds
 * @param starts the number of starts in a process; if it is 1, the first start also
 * counts as a later one
 */
record ServiceScale(int services, int rounds, int starts) {

	static final List<String> JVM = List.of("-Xmx512m", "-Xms512m", "-XX:+UseParallelGC");

	private static final double MILLI = 1e6;

	private static final double KIBI = 1024;

	private static final int INSTANCES = 3;

	void report(Report report, PrintWriter progress) {
		Map<ServiceKind, Slope> slopes = new EnumMap<>(ServiceKind.class);
		try (LocalService local = new LocalService(INSTANCES, Duration.ZERO)) {
			for (int round = 1; round <= this.rounds; round++) {
				progress.println("services, round " + round + " of " + this.rounds);
				progress.flush();
				for (ServiceKind kind : ServiceKind.values()) {
					slopes.computeIfAbsent(kind, (key) -> new Slope(this.services))
						.add(start(kind, 1, local.eas().endpoint()),
								start(kind, this.services, local.eas().endpoint()));
				}
			}
		}
		report.table("Services in an application, and what one more costs; first start of its process, then later ones",
				table(slopes));
		slopes.forEach((kind, slope) -> {
			if (kind != ServiceKind.SPRING) {
				report.targets(List.of(
						Target.costAtMost("one more of " + kind + ", ms, first start",
								slope.each(StartSample::first, MILLI).median(), 1),
						Target.costAtMost("one more of " + kind + ", KiB of heap",
								slope.each(StartSample::heap, KIBI).median(), 32)));
			}
		});
	}

	private Table table(Map<ServiceKind, Slope> slopes) {
		Table table = new Table("what", "ms, 1", "ms, " + this.services, "ms, one more", "later ms, 1",
				"later ms, " + this.services, "later ms, one more", "KiB, 1", "KiB, " + this.services, "KiB, one more");
		slopes.forEach((kind, slope) -> table.row(kind, slope.one(StartSample::first, MILLI),
				slope.many(StartSample::first, MILLI), slope.each(StartSample::first, MILLI),
				slope.one(StartSample::later, MILLI), slope.many(StartSample::later, MILLI),
				slope.each(StartSample::later, MILLI), slope.one(StartSample::heap, KIBI),
				slope.many(StartSample::heap, KIBI), slope.each(StartSample::heap, KIBI)));
		return table;
	}

	private StartSample start(ServiceKind kind, int count, String endpoint) {
		try {
			Path file = Files.createTempFile("services", ".properties");
			try {
				Files.write(file, kind.properties(count, endpoint));
				return start(kind, count, file);
			}
			finally {
				Files.delete(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private StartSample start(ServiceKind kind, int count, Path file) {
		try (Conversation program = Conversation.start(JVM, ServicesProgram.class,
				List.of(kind.name(), String.valueOf(count), file.toString(), String.valueOf(this.starts)))) {
			return StartSample.parse(program.await());
		}
	}

}
