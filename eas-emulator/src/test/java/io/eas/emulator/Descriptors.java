package io.eas.emulator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.Rpc;
import io.eas.deployment.model.ServiceDescriptor;
import io.eas.deployment.model.Timings;

/**
 * Descriptors for tests: a service on port 8000, {@code mnist} unless named.
 */
final class Descriptors {

	private String name = "mnist";

	private String command = ProbedModel.command();

	private int instances = 1;

	private int gracePeriod = 1;

	private boolean sigterm = true;

	private final Map<CheckKind, HealthCheck> checks = new EnumMap<>(CheckKind.class);

	private Descriptors() {
	}

	static Descriptors mnist() {
		return new Descriptors();
	}

	static Descriptors threeChecks() {
		return startupAndReadiness().check(CheckKind.LIVENESS, "/livez", 2);
	}

	static Descriptors startupAndReadiness() {
		return mnist().check(CheckKind.STARTUP, "/livez", 30).check(CheckKind.READINESS, "/readyz", 2);
	}

	Descriptors name(String name) {
		this.name = name;
		return this;
	}

	Descriptors command(String command) {
		this.command = command;
		return this;
	}

	Descriptors instances(int instances) {
		this.instances = instances;
		return this;
	}

	Descriptors gracePeriod(int seconds) {
		this.gracePeriod = seconds;
		return this;
	}

	Descriptors withoutSigterm() {
		this.sigterm = false;
		return this;
	}

	/** Every second, 1 s for an answer, one success. */
	Descriptors check(CheckKind kind, String path, int failureThreshold) {
		return check(kind, new CheckMethod.HttpGet(path, 8000, OtherKeys.NONE), failureThreshold);
	}

	Descriptors check(CheckKind kind, CheckMethod method, int failureThreshold) {
		return check(kind, method, new Timings(0, 1, 1, 1, failureThreshold));
	}

	Descriptors check(CheckKind kind, CheckMethod method, Timings timings) {
		this.checks.put(kind, new HealthCheck(method, timings, OtherKeys.NONE));
		return this;
	}

	ServiceDescriptor build() {
		Rpc rpc = new Rpc(null, null, null, null, null, null, null, null, this.sigterm, null, OtherKeys.NONE);
		Metadata metadata = new Metadata(this.name, this.instances, true, null, rpc, null, this.gracePeriod,
				OtherKeys.NONE);
		Container container = new Container("registry-vpc.cn-hangzhou.aliyuncs.com/tests/model:1", List.of(),
				this.command, 8000, this.checks, OtherKeys.NONE);
		return new ServiceDescriptor(metadata, null, List.of(container), OtherKeys.NONE);
	}

}
