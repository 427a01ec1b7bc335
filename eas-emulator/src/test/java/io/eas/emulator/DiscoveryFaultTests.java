package io.eas.emulator;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.eas.emulator.discovery.EmulatedDiscovery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What callers see of the faults of the discovery API.
 */
class DiscoveryFaultTests {

	private static final String PATH = "/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/echo";

	private final EasEmulator eas = EasEmulator.builder()
		.service("echo", (service) -> service.instance((i) -> i.weight(1)))
		.build()
		.start();

	private final EmulatedDiscovery discovery = this.eas.discovery();

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void statusFaultReturnsNoList() throws Exception {
		this.discovery.status(500);
		HttpResponse<String> response = ask();
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain("items");
		assertHeals();
	}

	@Test
	void emptyFaultReturnsAWellFormedEmptyList() throws Exception {
		this.discovery.empty();
		assertThat(ask().body()).isEqualTo("{\"correlative\":[\"echo\"],\"endpoints\":{\"items\":[]}}");
		assertHeals();
	}

	@Test
	void garbageFaultIsDeclaredAsJson() throws Exception {
		this.discovery.garbage();
		HttpResponse<String> response = ask();
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).endsWith("<html>");
		assertHeals();
	}

	@Test
	void delayedDiscoveryReturnsTheRightList() throws Exception {
		this.discovery.late(Duration.ofMillis(200));
		long before = System.nanoTime();
		assertThat(ask().body()).contains("\"weight\":1");
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
		assertHeals();
	}

	@Test
	void silentDiscoveryAcceptsButNeverAnswers() throws Exception {
		this.discovery.silent();
		try (RawCall call = new RawCall(this.eas.port()).get(PATH)) {
			assertThat(call.staysSilent(200)).isTrue();
		}
		assertThat(this.discovery.requests()).isEqualTo(1);
		assertHeals();
	}

	@Test
	void resettingDiscoveryDoesNotAffectTheGateway() throws Exception {
		this.discovery.reset();
		try (RawCall call = new RawCall(this.eas.port()).get(PATH)) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> call.read(1));
		}
		assertThat(Http.get(this.eas.endpoint(), "/api/predict/echo").statusCode()).isEqualTo(200);
		assertHeals();
	}

	@Test
	void refusingDiscoveryAlsoClosesTheGateway() throws Exception {
		this.discovery.refuse();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new RawCall(this.eas.port()));
		assertHeals();
	}

	private void assertHeals() throws Exception {
		this.discovery.heal();
		assertThat(ask().body()).contains("\"weight\":1");
	}

	private HttpResponse<String> ask() throws Exception {
		return Http.get(this.eas.endpoint(), PATH);
	}

}
