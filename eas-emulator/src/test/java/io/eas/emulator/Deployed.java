package io.eas.emulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.eas.emulator.instance.InstanceEvent;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service of a local EAS that runs from a descriptor, with all that it says. It is
 * closed after each test, and must leave no process behind.
 */
final class Deployed implements AfterEachCallback {

	private static final String UPSTREAMS = "/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/mnist";

	private final List<InstanceEvent> events = new CopyOnWriteArrayList<>();

	private final List<Line> output = new CopyOnWriteArrayList<>();

	private EasEmulator eas;

	private EmulatedService service;

	void start(Descriptors descriptor) {
		start(descriptor, (deployment) -> {
		});
	}

	void start(Descriptors descriptor, Consumer<DeploymentBuilder> deployment) {
		this.eas = EasEmulator.builder()
			.deploy(descriptor.build(),
					deployment.andThen(
							(more) -> more.output((name, text) -> this.output.add(new Line(text, System.nanoTime())))
								.events(this.events::add)))
			.build();
		this.service = this.eas.service("mnist");
		this.eas.start();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (this.eas != null) {
			this.eas.close();
			soon().untilAsserted(() -> assertThat(descendants()).isEmpty());
		}
	}

	EasEmulator eas() {
		return this.eas;
	}

	EmulatedService service() {
		return this.service;
	}

	/** The first instance. */
	EmulatedInstance instance() {
		return this.service.instance(0);
	}

	/** The process of the first instance, or 0. */
	long pid() {
		return instance().pid().orElse(0);
	}

	/** How many instances discovery names. */
	int listed() {
		try {
			return Http.get(this.eas.endpoint(), UPSTREAMS).body().split("\"ip\"", -1).length - 1;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	List<InstanceEvent> events() {
		return this.events;
	}

	List<Phase> phases() {
		return this.events.stream().map((event) -> event.to().phase()).toList();
	}

	/** The first event that led to a phase. */
	InstanceEvent event(Phase phase) {
		return this.events.stream().filter((event) -> event.to().phase() == phase).findFirst().orElseThrow();
	}

	String reason(Phase phase) {
		return event(phase).reason();
	}

	String lastReason() {
		return this.events.get(this.events.size() - 1).reason();
	}

	/** What the processes have written, line by line. */
	List<String> output() {
		return this.output.stream().map(Line::text).toList();
	}

	/** When a line was written, each time. */
	List<Duration> times(String text) {
		return this.output.stream()
			.filter((line) -> line.text().equals(text))
			.map((line) -> Duration.ofNanos(line.nanos()))
			.toList();
	}

	/** The processes of all instances. */
	static List<ProcessHandle> processes() {
		return descendants().stream().filter((each) -> !Processes.isWatchdog(each)).toList();
	}

	private static List<ProcessHandle> descendants() {
		return ProcessHandle.current()
			.descendants()
			.filter(Processes::runs)
			.filter((each) -> !Processes.isBrowser(each))
			.toList();
	}

	static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofSeconds(20));
	}

	private record Line(String text, long nanos) {

	}

}
