package io.eas.emulator.cli;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.instance.InstanceEvent;
import io.eas.emulator.lifecycle.Lifecycle;
import io.eas.emulator.lifecycle.StateText;
import org.jspecify.annotations.Nullable;

/**
 * A report for people: a line for each event, and a table of all instances after a moment
 * without events.
 */
final class TextReport implements Report {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
		.withZone(ZoneId.systemDefault());

	private static final String ROW = "  %-16s %-8s %-12s %-9s %-7s %s%n";

	private static final String HEAD = "instance";

	private final PrintWriter out;

	private final @Nullable String tokenVariable;

	private final @Nullable String llm;

	TextReport(PrintWriter out, @Nullable String tokenVariable, @Nullable String llm) {
		this.out = out;
		this.tokenVariable = tokenVariable;
		this.llm = llm;
	}

	@Override
	public void started(EasEmulator emulator) {
		StartMessage.print(emulator, this.tokenVariable, this.llm, this.out);
	}

	@Override
	public void event(InstanceEvent event) {
		this.out.printf("%s  %s  %s -> %s: %s%n", TIME.format(event.at()), event.instance(),
				StateText.of(event.from().phase()), StateText.of(event.to().phase()), event.reason());
		this.out.flush();
	}

	@Override
	public void state(List<EmulatedInstance> instances) {
		int width = instances.stream().mapToInt((instance) -> instance.name().length()).max().orElse(0);
		String row = "  %-" + Math.max(width, HEAD.length()) + "s" + ROW;
		this.out.println();
		this.out.printf(row, HEAD, "address", "process", "state", "restarts", "listed", "why");
		instances.forEach((instance) -> print(row, instance));
		this.out.println();
		this.out.flush();
	}

	private void print(String row, EmulatedInstance instance) {
		instance.lifecycle()
			.ifPresent((life) -> this.out.printf(row, instance.name(), instance.address(),
					instance.pid().isPresent() ? instance.pid().getAsLong() : "-", StateText.of(life.state().phase()),
					life.restarts(), instance.listed() ? "yes" : "no", checks(life)));
	}

	/**
	 * Describes the reason for the state or, if there is none, the last results of the
	 * checks. Once other checks have results, the startup check is left out.
	 */
	private static String checks(Lifecycle life) {
		String reason = StateText.reason(life);
		return reason.isEmpty() ? lastChecks(life) : reason;
	}

	private static String lastChecks(Lifecycle life) {
		return StateText.byKind(life)
			.entrySet()
			.stream()
			.filter((check) -> life.lastResults().size() == 1 || !check.getKey().equals("startup"))
			.map((check) -> check.getKey() + ": " + check.getValue())
			.collect(Collectors.joining(", "));
	}

}
