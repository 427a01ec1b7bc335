package io.eas.emulator.cli;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.InstanceEvent;
import io.eas.emulator.StateText;
import org.jspecify.annotations.Nullable;

/**
 * For people: a line for each event, and a table when things have settled.
 */
final class TextReport implements Report {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
		.withZone(ZoneId.systemDefault());

	private static final String ROW = "  %-18s %-16s %-8s %-12s %-9s %-7s %s%n";

	private final PrintWriter out;

	private final @Nullable String tokenVariable;

	TextReport(PrintWriter out, @Nullable String tokenVariable) {
		this.out = out;
		this.tokenVariable = tokenVariable;
	}

	@Override
	public void started(EasEmulator emulator) {
		StartMessage.print(emulator, this.tokenVariable, this.out);
	}

	@Override
	public void event(InstanceEvent event) {
		this.out.printf("%s  %s  %s -> %s: %s%n", TIME.format(event.at()), event.instance(),
				StateText.of(event.from().phase()), StateText.of(event.to().phase()), event.reason());
		this.out.flush();
	}

	@Override
	public void state(List<EmulatedInstance> instances) {
		this.out.println();
		this.out.printf(ROW, "instance", "address", "process", "state", "restarts", "listed", "last checks");
		instances.forEach(this::row);
		this.out.println();
		this.out.flush();
	}

	private void row(EmulatedInstance instance) {
		instance.lifecycle()
			.ifPresent((life) -> this.out.printf(ROW, instance.name(), instance.address(),
					instance.pid().isPresent() ? instance.pid().getAsLong() : "-", StateText.of(life.state().phase()),
					life.restarts(), instance.listed() ? "yes" : "no", StateText.checks(life)));
	}

}
