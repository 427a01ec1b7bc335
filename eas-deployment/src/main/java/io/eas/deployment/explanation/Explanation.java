package io.eas.deployment.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.Rpc;
import io.eas.deployment.model.ServiceDescriptor;

/**
 * Explains the health checks of a service as the kubelet carries them out: each check in
 * words, then a timeline for each container. All times are computed from the settings;
 * delays by the network or a loaded machine are not included. A pure function.
 */
public final class Explanation {

	private static final int DEFAULT_GRACE = 30;

	private final ServiceDescriptor descriptor;

	private final List<String> lines = new ArrayList<>();

	private Explanation(ServiceDescriptor descriptor) {
		this.descriptor = descriptor;
	}

	/**
	 * Explains a service.
	 * @param descriptor the service. If Kubernetes would refuse a timing, the text names
	 * this timing instead of showing a timeline
	 * @return lines for people, each ended by a line feed
	 */
	public static String of(ServiceDescriptor descriptor) {
		Explanation explanation = new Explanation(descriptor);
		explanation.service();
		for (int i = 0; i < descriptor.containers().size(); i++) {
			explanation.container(i, descriptor.containers().get(i));
		}
		return String.join("\n", explanation.lines) + "\n";
	}

	private void service() {
		Metadata metadata = this.descriptor.metadata();
		int instances = Objects.requireNonNullElse(metadata.instance(), 1);
		this.lines.add(Objects.requireNonNullElse(metadata.name(), "A service without a name") + ": " + instances
				+ ((instances == 1) ? " instance" : " instances"));
		if (this.descriptor.containers().isEmpty()) {
			this.lines.add("It has no container, and so no health checks: a processor of EAS serves the model.");
		}
	}

	private void container(int index, Container container) {
		this.lines.add("");
		this.lines.add("containers[" + index + "], port " + Objects.requireNonNullElse(container.port(), "not said")
				+ ", " + CommandText.of(container.command()));
		try {
			Map<CheckKind, HealthCheck> checks = this.descriptor.checks(container);
			boolean byDefault = container.checks().isEmpty() && !checks.isEmpty();
			if (container.checks().isEmpty()) {
				unchecked(byDefault);
			}
			checks.forEach((kind, check) -> check(kind, check, waits(container, kind)));
			timeline(ContainerTimeline.of(checks, grace()), byDefault);
		}
		catch (InvalidTimingException ex) {
			this.lines.add("");
			this.lines.add("No timeline: " + ex.getMessage() + ".");
		}
	}

	private static boolean waits(Container container, CheckKind kind) {
		return kind != CheckKind.STARTUP && container.check(CheckKind.STARTUP) != null;
	}

	private void check(CheckKind kind, HealthCheck check, boolean waits) {
		List<String> text = CheckText.of(kind, check, waits);
		this.lines.add("");
		this.lines.add(text.get(0));
		text.subList(1, text.size()).forEach((line) -> this.lines.add("  " + line));
	}

	private void unchecked(boolean byDefault) {
		this.lines.add("");
		if (byDefault) {
			this.lines
				.add("No health checks: EAS then makes one of its own, says the vendor's SDK for Python. Its period "
						+ "and failure");
			this.lines.add("threshold aren't documented; the defaults of Kubernetes are assumed here.");
		}
		else {
			this.lines.add("No health checks: nothing checks whether it answers.");
		}
	}

	private void timeline(ContainerTimeline timeline, boolean byDefault) {
		this.lines.addAll(new TimelineText(timeline, sigterm(), byDefault).lines());
		this.lines.add("");
		this.lines.addAll(RestartBackOff.inWords());
	}

	private int grace() {
		return Math.max(0,
				Objects.requireNonNullElse(this.descriptor.metadata().terminationGracePeriod(), DEFAULT_GRACE));
	}

	private boolean sigterm() {
		Rpc rpc = this.descriptor.metadata().rpc();
		return rpc != null && Boolean.TRUE.equals(rpc.enableSigterm());
	}

}
