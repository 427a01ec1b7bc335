package io.eas.emulator;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import io.eas.deployment.model.CheckKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the admin interface does to a service that runs from a descriptor.
 */
class AdminChangesTests {

	private static final String SERVICE = "/services/mnist";

	private final EasEmulator eas = EasEmulator.builder()
		.deploy(Descriptors.mnist().check(CheckKind.READINESS, "/readyz", 5).build(),
				(deployment) -> deployment.output((instance, line) -> {
				}))
		.build()
		.start();

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void showsStateRestartsAndLastChecks() throws Exception {
		JsonNode health = get().at("/services/0/instances/0/health");
		assertThat(health.at("/state").asString()).isEqualTo("ready");
		assertThat(health.at("/restarts").asInt()).isZero();
		assertThat(health.at("/checks/readiness").asString()).isEqualTo("GET /readyz answered 200");
		assertThat(health.at("/since").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
	}

	@Test
	void scalesUpAndDown() throws Exception {
		assertThat(post(SERVICE + "/scale?instances=2").statusCode()).isEqualTo(200);
		assertThat(get().at("/services/0/instances")).hasSize(2)
			.allSatisfy((instance) -> assertThat(instance.at("/listed").asBoolean()).isTrue());
		assertThat(post(SERVICE + "/scale?instances=0").statusCode()).isEqualTo(200);
		assertThat(get().at("/services/0/instances")).isEmpty();
		assertThat(post(SERVICE + "/scale?instances=1").statusCode()).isEqualTo(200);
		assertThat(this.eas.service("mnist").instance(0).listed()).isTrue();
	}

	@Test
	void restartsInPlaceAndRollsOut() throws Exception {
		EmulatedInstance first = this.eas.service("mnist").instance(0);
		long pid = first.pid().orElseThrow();
		assertThat(post(SERVICE + "/restart").statusCode()).isEqualTo(200);
		assertThat(this.eas.service("mnist").instances()).containsExactly(first);
		assertThat(first.pid().orElseThrow()).isNotEqualTo(pid);
		assertThat(post(SERVICE + "/rollout").statusCode()).isEqualTo(200);
		assertThat(this.eas.service("mnist").instances()).hasSize(1).doesNotContain(first);
	}

	@Test
	void invalidNumberOfInstancesIsRefusedWithTheAllowedRange() throws Exception {
		assertThat(post(SERVICE + "/scale").body()).contains("the parameter instances is missing");
		HttpResponse<String> response = post(SERVICE + "/scale?instances=-1");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("the number of instances must be 0 or more, was -1");
		assertThat(post("/services/other/rollout").statusCode()).isEqualTo(404);
	}

	private JsonNode get() throws Exception {
		return JsonMapper.shared().readTree(Http.get(admin(), "/services").body());
	}

	private HttpResponse<String> post(String uri) throws Exception {
		return Http.send(Http.admin(this.eas.adminPort(), uri).POST(BodyPublishers.noBody()));
	}

	private String admin() {
		return "127.0.0.1:" + this.eas.adminPort();
	}

}
