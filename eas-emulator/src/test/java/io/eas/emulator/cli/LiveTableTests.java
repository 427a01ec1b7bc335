package io.eas.emulator.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.eas.emulator.admin.AdminEvent;
import io.eas.emulator.admin.AdminEvent.Kind;
import io.eas.emulator.admin.AdminFeed.Update;
import io.eas.emulator.admin.AdminState;
import io.eas.emulator.admin.AdminState.Discovery;
import io.eas.emulator.admin.AdminState.Health;
import io.eas.emulator.admin.AdminState.Instance;
import io.eas.emulator.admin.AdminState.Service;
import io.eas.emulator.instance.InstanceState;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines of the table in a terminal.
 */
class LiveTableTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	private static final int ROWS = 24;

	private static final int WIDE = 120;

	private final LiveTable table = new LiveTable("http://127.0.0.1:8501/");

	@Test
	void anInstanceHasItsNumbersItsReasonAndItsLastEvent() {
		this.table.add(new Update(NOW, state(instance(0, 100), instance(1, 100)), List.of()));
		this.table.add(new Update(NOW.plusSeconds(2), state(instance(0, 140), backingOff(1)),
				List.of(event(1, "mnist-1", "backing off", "exit code 3"))));
		assertThat(lines(WIDE)).anyMatch((line) -> line.startsWith("mnist: 1 of 2 ready, 1 listed, 20 calls/s, 2 in"))
			.anyMatch((line) -> line.matches("mnist-0 +40000 +Ready +100 +20 +1.*"))
			.anyMatch((line) -> line.matches(
					"mnist-1 +40001 +Back-off +100 +0 +1 +exit code 3; starts again at 12:00:00; [0-9:]{8} backing off"))
			.anyMatch((line) -> line.matches("[0-9:]{8}  mnist-1  backing off: exit code 3"))
			.last()
			.asString()
			.startsWith("http://127.0.0.1:8501/");
	}

	@Test
	void theNewestEventsAreShownAndNoChecks() {
		List<AdminEvent> events = IntStream.rangeClosed(1, 30)
			.mapToObj((i) -> event(i, "mnist-0", "event " + i, ""))
			.toList();
		this.table.add(new Update(NOW, state(instance(0, 0)), events));
		this.table.add(new Update(NOW, null,
				List.of(new AdminEvent(31, NOW, "mnist", "mnist-0", Kind.PASSED, "ready", "GET /x answered 200"))));
		assertThat(lines(WIDE).stream().filter((line) -> line.contains("  mnist-0  ")))
			.extracting((line) -> line.substring(line.indexOf("event")))
			.containsExactly("event 27", "event 28", "event 29", "event 30");
	}

	@Test
	void ofManyInstancesThoseWithoutTrafficAreShownFirst() {
		Instance[] instances = IntStream.range(0, 100)
			.mapToObj((i) -> (i == 77) ? backingOff(i) : instance(i, 0))
			.toArray(Instance[]::new);
		this.table.add(new Update(NOW, state(instances), List.of()));
		List<String> lines = lines(80);
		assertThat(lines).hasSizeLessThanOrEqualTo(ROWS * 2 / 3 + 1);
		assertThat(lines.get(2)).startsWith("mnist-77");
		long shown = lines.stream().filter((line) -> line.startsWith("mnist-")).count();
		assertThat(lines).contains("… and " + (100 - shown) + " more, " + (100 - shown) + " of them ready");
	}

	@ParameterizedTest
	@ValueSource(ints = { 20, 40, 60, 80, 200 })
	void noLineIsLongerThanTheTerminal(int columns) {
		this.table.add(new Update(NOW, state(instance(0, 0), backingOff(1)),
				List.of(event(1, "mnist-1", "backing off", "a long reason ".repeat(20)))));
		assertThat(this.table.lines(ROWS, columns))
			.allSatisfy((line) -> assertThat(line.columnLength()).isLessThanOrEqualTo(columns));
		assertThat(lines(columns)).anyMatch((line) -> line.startsWith("mnist-1"));
	}

	@Test
	void theTableFitsIntoALowTerminal() {
		this.table.add(new Update(NOW, state(instance(0, 0), backingOff(1)), List.of(event(1, "mnist-1", "x", ""))));
		assertThat(this.table.lines(6, 80)).hasSizeLessThanOrEqualTo(6);
	}

	@Test
	void controlCharactersInAReasonAreBlanks() {
		this.table.add(new Update(NOW, state(instance(0, 0)),
				List.of(event(1, "mnist-0", "dead", "it said \u001b[2J\r\n\u009bthis"))));
		assertThat(lines(WIDE)).anyMatch((line) -> line.endsWith("dead: it said  [2J   this"));
	}

	private List<String> lines(int columns) {
		return this.table.lines(ROWS, columns).stream().map(AttributedString::toString).toList();
	}

	private static AdminState state(Instance... instances) {
		return new AdminState("127.0.0.1:8500", new Discovery("none", 0),
				List.of(new Service("mnist", List.of(instances), "")));
	}

	private static Instance instance(int number, long requests) {
		return new Instance("mnist-" + number, "127.0.0.1:" + (40000 + number), 100, 1L, true, InstanceState.RUNNING,
				"none", requests, 1, Map.of(), null);
	}

	private static Instance backingOff(int number) {
		return new Instance("mnist-" + number, "127.0.0.1:" + (40000 + number), 100, null, false, InstanceState.DEAD,
				"none", 100, 1, Map.of(),
				new Health(Phase.BACKING_OFF, NOW, "exit code 3; starts again at 12:00:00", 1, Map.of()));
	}

	private static AdminEvent event(long id, String instance, String what, String detail) {
		return new AdminEvent(id, NOW, "mnist", instance, Kind.STATE, what, detail);
	}

}
