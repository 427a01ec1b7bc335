package io.eas.emulator.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.instance.InstanceEvent;
import io.eas.emulator.lifecycle.StateText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A report for machines: one JSON object per line. The field {@code type} names the kind
 * of the line.
 */
final class JsonReport implements Report {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final PrintWriter out;

	JsonReport(PrintWriter out) {
		this.out = out;
	}

	@Override
	public void started(EasEmulator emulator) {
		print(new Started("started", emulator.endpoint(), "127.0.0.1:" + emulator.adminPort()));
	}

	@Override
	public void event(InstanceEvent event) {
		print(new Event("event", event.at(), event.service(), event.instance(), StateText.of(event.from().phase()),
				StateText.of(event.to().phase()), event.reason()));
	}

	@Override
	public void state(List<EmulatedInstance> instances) {
		print(new State("state", instances.stream().map(Row::of).toList()));
	}

	private void print(Object line) {
		this.out.println(JSON.writeValueAsString(line));
		this.out.flush();
	}

	private record Started(String type, String endpoint, String admin) {
	}

	private record Event(String type, Instant at, String service, String instance, String from, String to,
			String reason) {
	}

	private record State(String type, List<Row> instances) {
	}

	private record Row(String name, String address, @Nullable Long pid, String state, String reason, boolean listed,
			int restarts, Map<String, String> checks) {

		static Row of(EmulatedInstance instance) {
			Long pid = instance.pid().isPresent() ? instance.pid().getAsLong() : null;
			return instance.lifecycle()
				.map((life) -> new Row(instance.name(), instance.address(), pid, StateText.of(life.state().phase()),
						StateText.reason(life), instance.listed(), life.restarts(), StateText.byKind(life)))
				.orElseThrow();
		}

	}

}
