package io.eas.emulator.instance;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.Timings;
import io.eas.emulator.net.FreePort;
import io.eas.emulator.process.ProcessCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which ports of a descriptor differ between instances, and who has which.
 */
class SecondPortsTests {

	private final PortOwners owners = new PortOwners();

	@ParameterizedTest
	@ValueSource(strings = { "METRICS_PORT", "management_port", "APP_METRICS_PORT" })
	void variableNamesASecondPort(String name) {
		assertThat(ports(Map.of(name, "8081", "METRICS_HOST", "0.0.0.0")).contains(8081)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "EXPORT", "SUPPORT", "TRANSPORT", "MAX_TRANSPORT", "PORT", "SERVER_PORT", "SEED" })
	void otherVariablesNameNoSecondPort(String name) {
		assertThat(ports(Map.of(name, "8081")).contains(8081)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "DB_PORT, DB_HOST, db.internal", "DB_READ_PORT, DB_HOST, localhost",
			"REDIS_PORT, REDIS_URL, redis://redis.internal", "DB_PORT, DB_PASSWORD, x",
			"NACOS_PORT, NACOS_SERVER_ADDR, nacos.internal" })
	void portOfAPeerIsNoSecondPort(String name, String other, String value) {
		assertThat(ports(Map.of(name, "8081", other, value)).contains(8081)).isFalse();
	}

	@Test
	void containersPortAndTooLargeNumbersAreNoSecondPorts() {
		assertThat(ports(Map.of("METRICS_PORT", "65536")).contains(65536)).isFalse();
		assertThat(ports(Map.of("HTTP_PORT", "8000")).contains(8000)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "curl localhost:8081/x", "curl localhost:$(MGMT)", "curl localhost:${MGMT}",
			"curl localhost:$MGMT/x", "nc -z 127.0.0.1 8081" })
	void programUsesThePortAfterAnAddressOfThisMachine(String line) {
		assertThat(SecondPorts.asked(exec(line), command(Map.of("MGMT", "8081")))).containsExactly(8081);
		assertThat(SecondPorts.asked(exec("sh -c " + line), command(Map.of("MGMT", "8081")))).containsExactly(8081);
	}

	@ParameterizedTest
	@ValueSource(strings = { "curl db.internal:8081", "curl localhost:$PORT", "curl localhost:$(SERVER_PORT)",
			"curl localhost:$$(MGMT)", "check --max 8081" })
	void otherNumbersInArgumentsAreNotPorts(String line) {
		assertThat(
				SecondPorts.asked(exec(line), command(Map.of("MGMT", "8081", "PORT", "8081", "SERVER_PORT", "8081"))))
			.isEmpty();
	}

	@Test
	void portHasOneOwnerAtATimeAcrossAllServices() {
		int port = FreePort.find();
		SecondPorts one = new SecondPorts(List.of(port), this.owners);
		SecondPorts other = new SecondPorts(List.of(port), this.owners);
		assertThat(one.take("one")).containsEntry(port, port);
		assertThat(other.take("other").get(port)).isNotEqualTo(port);
		one.giveBack("one");
		assertThat(other.take("other")).containsEntry(port, port);
	}

	private SecondPorts ports(Map<String, String> environment) {
		return SecondPorts.of(command(environment), 8000, List.of(), this.owners);
	}

	private static ProcessCommand command(Map<String, String> environment) {
		return new ProcessCommand(List.of("serve"), environment, null, null, Duration.ofSeconds(1), null);
	}

	private static HealthCheck exec(String line) {
		return new HealthCheck(new CheckMethod.Exec(List.of(line.split(" ")), OtherKeys.NONE),
				new Timings(0, 1, 1, 1, 1), OtherKeys.NONE);
	}

}
