package io.eas.deployment.reader;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.HealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * Reads one of {@code containers}.
 */
final class ContainerReader {

	private final ObjectKeys keys;

	private final FindingCollector findings;

	ContainerReader(ObjectKeys keys, FindingCollector findings) {
		this.keys = keys;
		this.findings = findings;
	}

	Container read() {
		Integer port = this.keys.number("port");
		return new Container(this.keys.text("image"), env(), this.keys.text("command"), port, checks(port),
				this.keys.others());
	}

	private List<Container.EnvironmentVariable> env() {
		List<Container.EnvironmentVariable> env = new ArrayList<>();
		LocatedValue value = this.keys.value("env");
		if (value instanceof LocatedValue.Array array) {
			array.elements().forEach((element) -> env.add(EnvReader.read(element, this.findings)));
		}
		else if (value != null) {
			this.findings.add(FindingCode.WRONG_TYPE, value, "must be an array, was " + value.kind(),
					"Write [{\"name\": \"NAME\", \"value\": \"its value\"}].");
		}
		return env;
	}

	private Map<CheckKind, HealthCheck> checks(@Nullable Integer port) {
		Map<CheckKind, HealthCheck> checks = new EnumMap<>(CheckKind.class);
		for (CheckKind kind : CheckKind.values()) {
			ObjectKeys check = this.keys.keys(kind.key());
			if (check != null) {
				checks.put(kind, new CheckReader(check, kind, port, this.findings).read());
			}
		}
		return checks;
	}

}
