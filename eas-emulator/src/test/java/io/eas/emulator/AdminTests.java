package io.eas.emulator;

import java.net.ConnectException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import io.eas.emulator.discovery.DiscoveryFault;
import io.eas.emulator.instance.InstanceState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The admin interface.
 */
class AdminTests {

	private static final String INSTANCES = "/services/group%2Fecho/instances";

	private final EasEmulator eas = EasEmulator.builder()
		.service("group/echo", (service) -> service.token("secret").instances(2, (i) -> i.weight(10)))
		.build()
		.start();

	private final EmulatedService service = this.eas.service("group/echo");

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void showsEverythingButTheToken() throws Exception {
		HttpResponse<String> response = Http.get(admin(), "/services");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).doesNotContain("secret");
		JsonNode state = JsonMapper.shared().readTree(response.body());
		assertThat(state.at("/endpoint").asString()).isEqualTo(this.eas.endpoint());
		assertThat(state.at("/discovery/fault").asString()).isEqualTo("none");
		JsonNode second = state.at("/services/0/instances/1");
		assertThat(second.at("/address").asString()).isEqualTo(this.service.instance(1).address());
		assertThat(second.at("/weight").asInt()).isEqualTo(10);
		assertThat(second.at("/state").asString()).isEqualTo("RUNNING");
		assertThat(second.at("/pid").isNull()).isTrue();
		assertThat(second.at("/requests").asInt()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "kill, DEAD, none", "freeze, FROZEN, none", "refuse, REFUSING, none", "reset, RUNNING, reset",
			"half, RUNNING, half", "late?millis=50, RUNNING, late by 50 ms", "status?code=450, RUNNING, status 450",
			"restart, RUNNING, none", "thaw, RUNNING, none", "unlist, RUNNING, none", "relist, RUNNING, none" })
	void drivesAnInstanceAndHealsIt(String action, InstanceState state, String fault) throws Exception {
		assertThat(post(INSTANCES + "/1/" + action).statusCode()).isEqualTo(200);
		assertThat(this.service.instance(1).state()).isEqualTo(state);
		assertThat(this.service.instance(1).fault()).isEqualTo(fault);
		assertThat(this.service.instance(0).state()).isEqualTo(InstanceState.RUNNING);
		assertThat(post(INSTANCES + "/1/heal").statusCode()).isEqualTo(200);
		assertThat(this.service.instance(1).state()).isEqualTo(InstanceState.RUNNING);
		assertThat(this.service.instance(1).fault()).isEqualTo("none");
	}

	@ParameterizedTest
	@EnumSource
	void everyFaultOfAnInstanceHasAPath(InstanceFault fault) throws Exception {
		String uri = INSTANCES + "/1/" + fault.path() + parameter(fault.parameter());
		assertThat(post(uri).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@EnumSource
	void everyFaultOfDiscoveryHasAPath(DiscoveryFault fault) throws Exception {
		String uri = "/discovery/" + fault.path() + parameter(fault.parameter());
		assertThat(post(uri).statusCode()).isEqualTo(200);
	}

	private static String parameter(@Nullable String name) {
		return (name != null) ? "?" + name + "=300" : "";
	}

	@Test
	void setsAWeight() throws Exception {
		HttpResponse<String> response = Http
			.send(Http.admin(this.eas.adminPort(), INSTANCES + "/0/weight?value=0").PUT(BodyPublishers.noBody()));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(this.service.instance(0).weight()).isZero();
	}

	@Test
	void addsAnInstanceLikeTheFirstAndRemovesOne() throws Exception {
		int port = this.service.instance(0).port();
		assertThat(post(INSTANCES).body()).contains("\"name\":\"group/echo-2\"", "\"weight\":10");
		assertThat(this.service.instances()).hasSize(3);
		assertThat(Http.send(Http.admin(this.eas.adminPort(), INSTANCES + "/0").DELETE()).statusCode()).isEqualTo(200);
		assertThat(this.service.instances()).hasSize(2);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new RawCall(port));
	}

	@Test
	void aNameIsOneInstanceWhateverItsIndexIs() throws Exception {
		this.service.remove(this.service.instance(0));
		assertThat(post(INSTANCES + "/group%2Fecho-0/kill").statusCode()).isEqualTo(404);
		assertThat(this.service.instance(0).state()).isEqualTo(InstanceState.RUNNING);
		assertThat(post(INSTANCES + "/group%2Fecho-1/kill").body()).contains("\"name\":\"group/echo-1\"");
		assertThat(this.service.instance(0).state()).isEqualTo(InstanceState.DEAD);
	}

	@ParameterizedTest
	@CsvSource({ "empty, empty", "garbage, garbage", "silent, silent", "reset, reset", "refuse, refuse",
			"status?code=500, status 500", "late?millis=5, late by 5 ms" })
	void drivesDiscovery(String action, String fault) throws Exception {
		assertThat(post("/discovery/" + action).body()).isEqualTo("{\"fault\":\"" + fault + "\",\"requests\":0}");
		assertThat(post("/discovery/heal").statusCode()).isEqualTo(200);
		assertThat(this.eas.discovery().fault()).isEqualTo("none");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					/nothing                                | 404 | there is GET /services
					/discovery/explode                      | 404 | [empty, garbage, silent, reset, refuse, heal, late, status]
					/discovery/status?code=5                | 400 | between 200 and 999, was 5
					/services/other/instances               | 404 | the services are [group/echo]
					/services/group%2Fecho/instances/7/kill | 404 | has no instance 7; its instances are [group/echo-0, group/echo-1]
					/services/group%2Fecho/instances/x/kill | 404 | by name or counted from 0
					/services/group%2Fecho/instances/0/bite | 404 | there is no action bite; the actions are [kill, freeze
					/services/group%2Fecho/instances/0/late | 400 | ?millis=<number>
					""")
	void errorsNameTheProblemAndTheAllowedValues(String uri, int status, String message) throws Exception {
		HttpResponse<String> response = post(uri);
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(JsonMapper.shared().readTree(response.body()).at("/error").asString()).contains(message);
	}

	@Test
	void freezingADeadInstanceIsAConflict() throws Exception {
		this.service.instance(0).kill();
		assertThat(post(INSTANCES + "/0/freeze").statusCode()).isEqualTo(409);
	}

	/** A page that somebody looks at can send all of these. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					POST | Host: 127.0.0.1:PORT | Content-Type: text/plain | Origin: http://evil.example | isn't from this machine
					POST | Host: 127.0.0.1:PORT | X-Eas-Admin: 1           | Origin: http://evil.example | isn't from this machine
					POST | Host: localhost      | X-Eas-Admin: 1           | Origin: null                | isn't from this machine
					POST | Host: 127.0.0.1:PORT | Content-Type: text/plain | Accept: */*                 | -H X-Eas-Admin:1
					POST | Host: evil.example   | X-Eas-Admin: 1           | Accept: */*                 | isn't this machine
					GET  | Host: evil.example   | Accept: */*              | Accept: text/html           | isn't this machine
					GET  | Host: 127.0.0.1.evil.example:PORT | Accept: */* | Accept: text/html           | isn't this machine
					GET  | Host: 10.0.0.1:PORT  | Accept: */*              | Accept: text/html           | isn't this machine
					GET  | Host: localhost:PORT | Accept: */*              | Origin: http://localhost:1  | isn't from this machine
					""")
	void requestsOfForeignWebPagesAreRefused(String method, String host, String first, String second, String message)
			throws Exception {
		String port = String.valueOf(this.eas.adminPort());
		try (RawCall call = new RawCall(this.eas.adminPort())) {
			String answer = call
				.send(method, "GET".equals(method) ? "/services" : "/discovery/empty", host.replace("PORT", port),
						first, second, "Connection: close")
				.read(2000);
			assertThat(answer).startsWith("HTTP/1.1 403").contains(message).doesNotContain("group/echo");
			assertThat(this.eas.discovery().fault()).isEqualTo("none");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1:PORT", "localhost:PORT", "LOCALHOST", "[::1]:PORT", "127.0.0.2" })
	void anyNameOfThisMachineIsAcceptedAsHost(String host) throws Exception {
		String name = host.replace("PORT", String.valueOf(this.eas.adminPort()));
		try (RawCall call = new RawCall(this.eas.adminPort())) {
			assertThat(call
				.send("POST", "/discovery/empty", "Host: " + name, "Origin: http://" + name, "X-Eas-Admin: x",
						"Connection: close")
				.read(2000)).startsWith("HTTP/1.1 200");
		}
	}

	@Test
	void canBeSwitchedOff() {
		try (EasEmulator without = EasEmulator.builder().admin(false).build().start()) {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(without::adminPort);
		}
	}

	private String admin() {
		return "127.0.0.1:" + this.eas.adminPort();
	}

	private HttpResponse<String> post(String uri) throws Exception {
		return Http.send(Http.admin(this.eas.adminPort(), uri).POST(BodyPublishers.noBody()));
	}

}
