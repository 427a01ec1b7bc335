package io.eas.discovery;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.eas.discovery.PolledDiscovery.Outcome;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is read from an answer, item by item.
 */
@ExtendWith(OutputCaptureExtension.class)
class DiscoveryReadingTests {

	private static final String GOOD = Upstreams.item("10.0.0.1", 8501, 100);

	private static WireMockServer server;

	@BeforeAll
	static void startServer() {
		server = Upstreams.server();
	}

	@AfterAll
	static void stopServer() {
		server.stop();
	}

	@BeforeEach
	void reset() {
		server.resetAll();
	}

	@Test
	void readsTheDocumentedAnswer() throws InterruptedException {
		Upstreams.answer(server, Upstreams.ok("""
				{"correlative": ["mnist_saved_model_example"],
				 "endpoints": {"items": [{"app": "mnist-saved-model-example", "ip": "172.16.0.7", "port": 50000, \
				"weight": 100}]}}"""));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			Outcome outcome = polled.start();
			assertThat(outcome.after().instances()).hasToString("[172.16.0.7:50000;100]");
			assertThat(outcome.after().source()).isEqualTo(InstanceList.Source.DISCOVERY);
			assertThat(outcome.rejected()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0                     | 0
			1                     | 1
			0.3                   | 1
			0.0                   | 0
			-0.0                  | 0
			33.4                  | 33
			33.5                  | 34
			1e3                   | 1000
			2147483647            | 2147483647
			99999999999           | 2147483647
			1e300                 | 2147483647
			123456789012345678901 | 2147483647
			null                  | 100
			""")
	void readsAWeight(String json, int weight) throws InterruptedException {
		assertThat(weightOf("\"weight\": " + json)).isEqualTo(weight);
	}

	@Test
	void readsAWeightOfFourHundredDigits() throws InterruptedException {
		assertThat(weightOf("\"weight\": " + "9".repeat(400))).isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void missingWeightIs100() throws InterruptedException {
		assertThat(weightOf("\"app\": \"mnist\"")).isEqualTo(100);
	}

	private static int weightOf(String member) throws InterruptedException {
		Upstreams.answer(server, Upstreams.items(GOOD, "{\"ip\": \"10.0.0.2\", \"port\": 1, " + member + "}"));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			Outcome outcome = polled.start();
			assertThat(outcome.rejected()).isEmpty();
			return outcome.after().instances().get(1).weight();
		}
	}

	@Test
	void unknownMembersAreIgnored() throws InterruptedException {
		Upstreams.answer(server, Upstreams
			.ok("""
					{"kind": "Upstreams", "correlative": null, "endpoints": {"port": "x", "items": [
					{"ip": "10.0.0.1", "port": 8501, "weight": 7, "app": {"a": [1]}, "zone": null, "healthy": false}]}}"""));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			assertThat(polled.start().after().instances()).hasToString("[10.0.0.1:8501;7]");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json; charset=iso-8859-15", "application/json; charset=utf-16",
			"text/html; charset=no-such-charset", "", "nonsense" })
	void jsonIsReadWhateverTheContentTypeIs(String contentType) throws InterruptedException {
		Upstreams.answer(server, aResponse().withHeader("Content-Type", contentType).withBody(Upstreams.json(GOOD)));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			assertThat(polled.start().after().instances()).hasToString("[10.0.0.1:8501;100]");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-8" })
	void readsEveryEncodingOfJson(String charset) throws InterruptedException {
		byte[] body = ("UTF-8".equals(charset) ? "\uFEFF" : "").concat(Upstreams.json(GOOD))
			.getBytes(Charset.forName(charset));
		Upstreams.answer(server, aResponse().withHeader("Content-Type", "application/json").withBody(body));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			assertThat(polled.start().after().instances()).hasToString("[10.0.0.1:8501;100]");
		}
	}

	@Test
	void bytesThatAreNoTextAreRejected() throws InterruptedException {
		byte[] body = ("{\"app\": \"é\", \"endpoints\": {\"items\": [" + GOOD + "]}}")
			.getBytes(StandardCharsets.ISO_8859_1);
		Upstreams.answer(server, aResponse().withBody(body));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			assertThat(polled.start().failure().lastFailure()).contains("the answer is not JSON");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"port": 1, "weight": 1}                                   | ip must be an IP address, was missing
					{"ip": null, "port": 1}                                    | ip must be an IP address, was null
					{"ip": "", "port": 1}                                      | ip must be an IP address, was ""
					{"ip": 167772161, "port": 1}                               | ip must be an IP address, was 167772161
					{"ip": "evil.example.com", "port": 1}                      | ip must be an IP address, was "evil.example.com"
					{"ip": "10.0.0.256", "port": 1}                            | ip must be an IP address, was "10.0.0.256"
					{"ip": "10.0.0.2@evil", "port": 1}                         | ip must be an IP address, was "10.0.0.2@evil"
					{"ip": "10.0.0.2"}                                         | "10.0.0.2": port must be a number between 1 and 65535, was missing
					{"ip": "10.0.0.2", "port": null}                           | "10.0.0.2": port must be a number between 1 and 65535, was null
					{"ip": "10.0.0.2", "port": "8501"}                         | "10.0.0.2": port must be a number between 1 and 65535, was "8501"
					{"ip": "10.0.0.2", "port": 0}                              | "10.0.0.2": port must be a number between 1 and 65535, was 0
					{"ip": "10.0.0.2", "port": -1}                             | "10.0.0.2": port must be a number between 1 and 65535, was -1
					{"ip": "10.0.0.2", "port": 70000}                          | "10.0.0.2": port must be a number between 1 and 65535, was 70000
					{"ip": "10.0.0.2", "port": 4294967297}                     | "10.0.0.2": port must be a number between 1 and 65535, was 4294967297
					{"ip": "10.0.0.2", "port": 8501.5}                         | "10.0.0.2": port must be a number between 1 and 65535, was 8501.5
					{"ip": "10.0.0.2", "port": 1, "weight": -1}                | "10.0.0.2":1: weight must be a number of at least 0, was -1
					{"ip": "10.0.0.2", "port": 1, "weight": -0.5}              | "10.0.0.2":1: weight must be a number of at least 0, was -0.5
					{"ip": "10.0.0.2", "port": 1, "weight": "100"}             | "10.0.0.2":1: weight must be a number of at least 0, was "100"
					{"ip": "10.0.0.2", "port": 1, "weight": true}              | "10.0.0.2":1: weight must be a number of at least 0, was true
					{"ip": "10.0.0.2", "port": 1, "weight": {}}                | "10.0.0.2":1: weight must be a number of at least 0, was {}
					{"ip": "10.0.0.1", "port": 8501, "weight": 7}              | 10.0.0.1:8501 is listed twice
					null                                                       | ip must be an IP address, was missing
					"10.0.0.2:8501"                                            | ip must be an IP address, was missing
					[]                                                         | ip must be an IP address, was missing
					""")
	void onlyTheInvalidItemIsDroppedWithTheReason(String bad, String reason, CapturedOutput output)
			throws InterruptedException {
		Upstreams.answer(server, Upstreams.items(GOOD, bad, Upstreams.item("10.0.0.3", 8501, 10)));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			Outcome outcome = polled.start();
			assertThat(outcome.after().instances()).hasToString("[10.0.0.1:8501;100, 10.0.0.3:8501;10]");
			assertThat(outcome.rejected()).containsExactly(reason);
			assertThat(output).contains("mnist: 1 item(s) of the discovery answer dropped: " + reason);
		}
	}

	@Test
	void droppedItemsAreLoggedOncePerChangeAndNotPerPoll(CapturedOutput output) throws InterruptedException {
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			Upstreams.answer(server, Upstreams.items(GOOD, "{\"ip\": \"x\"}", "{\"ip\": \"y\"}"));
			polled.start();
			polled.next();
			Upstreams.answer(server, Upstreams.items("{\"ip\": \"y\"}", GOOD, "{\"ip\": \"x\"}"));
			polled.next();
			assertThat(output.getAll().split("item\\(s\\) of the discovery answer dropped", -1)).hasSize(2);
			Upstreams.answer(server, Upstreams.items(GOOD, "{\"ip\": \"z\"}"));
			polled.next();
			polled.next();
			assertThat(output.getAll().split("item\\(s\\) of the discovery answer dropped", -1)).hasSize(3);
			Upstreams.answer(server, Upstreams.items(GOOD));
			polled.next();
			assertThat(output.getAll().split("item\\(s\\) of the discovery answer dropped", -1)).hasSize(3);
		}
	}

	@Test
	void onlyTheBeginningOfAnInvalidValueIsQuoted() throws InterruptedException {
		Upstreams.answer(server,
				Upstreams.items(GOOD, "{\"ip\": \"" + "x".repeat(1_000_000) + "\"}",
						"{\"ip\": \"10.0.0.2\", \"port\": \"" + "1".repeat(1_000_000) + "\"}",
						"{\"ip\": \"10.0.0.2\", \"port\": 1, \"weight\": \"" + "1".repeat(1_000_000) + "\"}"));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			assertThat(polled.start().rejected()).hasSize(3).allMatch((reason) -> reason.length() < 300);
		}
	}

	@Test
	void invalidValueCannotForgeALogLine(CapturedOutput output) throws InterruptedException {
		Upstreams.answer(server, Upstreams.items(GOOD, "{\"ip\": \"x\\n2026 INFO forged\"}"));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			polled.start();
			assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("2026 INFO forged"));
		}
	}

	@Test
	void listObjectIsKeptIfOnlyTheOrderChanges() throws InterruptedException {
		String other = Upstreams.item("10.0.0.2", 8501, 1);
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			Upstreams.answer(server, Upstreams.items(GOOD, other));
			InstanceList list = polled.start().after();
			assertThat(polled.next().after()).isSameAs(list);
			Upstreams.answer(server, Upstreams.items(other, GOOD));
			assertThat(polled.next().after()).isSameAs(list);
			Upstreams.answer(server, Upstreams.items(GOOD, Upstreams.item("10.0.0.2", 8501, 2)));
			Outcome changed = polled.next();
			assertThat(changed.before()).isSameAs(list);
			assertThat(changed.after()).isNotSameAs(list);
			assertThat(changed.after().instances()).hasToString("[10.0.0.1:8501;100, 10.0.0.2:8501;2]");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.255.255.254", "169.254.169.254", "224.0.0.1", "239.255.255.255",
			"0.0.0.0", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "ff02::1", "::ffff:127.0.0.1",
			"::ffff:169.254.169.254" })
	void addressesThatNoInstanceCanHaveAreRejected(String ip) throws InterruptedException {
		Upstreams.answer(server, Upstreams.items(GOOD, Upstreams.item(ip, 80, 1)));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			Outcome outcome = polled.start();
			assertThat(outcome.after().instances()).hasToString("[10.0.0.1:8501;100]");
			assertThat(outcome.rejected()).singleElement()
				.asString()
				.endsWith("is in none of discovery.allowed-networks (any unicast address but loopback and "
						+ "link-local)");
		}
	}

	@Test
	void onlyInstancesInAllowedNetworksAreUsed() throws InterruptedException {
		Upstreams.answer(server, Upstreams.items(Upstreams.item("127.0.0.1", 80, 1), Upstreams.item("fd00::7", 80, 1),
				Upstreams.item("10.0.0.1", 80, 1)));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server), "127.0.0.0/8", "fd00::/8")) {
			Outcome outcome = polled.start();
			assertThat(outcome.after().instances()).extracting(EasInstance::host)
				.containsExactly("127.0.0.1", "fd00:0:0:0:0:0:0:7");
			assertThat(outcome.rejected())
				.isEqualTo(List.of("ip 10.0.0.1 is in none of discovery.allowed-networks (127.0.0.0/8, fd00::/8)"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			127.0.0.1 | 127.0.0.2   | ; for the local EAS set eas.discovery.allowed-networks: 127.0.0.0/8
			::1       | ::1         | ; for the local EAS set eas.discovery.allowed-networks: ::1/128
			127.0.0.1 | ::1         | ; for the local EAS set eas.discovery.allowed-networks: 127.0.0.0/8, ::1/128
			127.0.0.1 | 169.254.0.1 | ; if the addresses belong to the service, add a network that contains them
			""")
	void serviceIsNotFoundIfNoInstanceIsInAllowedNetworks(String one, String other, String remedy) {
		assertThatExceptionOfType(DiscoveryException.class)
			.isThrownBy(() -> read(Upstreams.json(Upstreams.item(one, 80, 1), Upstreams.item(other, 81, 1))))
			.withMessageEndingWith(" (any unicast address but loopback and link-local)" + remedy)
			.matches(DiscoveryException::isNotFound);
	}

	@Test
	void serviceIsFoundIfAnyInstanceIsRejectedForAnotherReason() {
		assertThatExceptionOfType(DiscoveryException.class)
			.isThrownBy(() -> read(Upstreams.json(Upstreams.item("127.0.0.1", 80, 1), Upstreams.item("x", 80, 1))))
			.matches((failure) -> !failure.isNotFound());
	}

	private static DiscoveryAnswer read(String answer) {
		return new UpstreamsReader(AllowedNetworks.of(List.of())).read(answer.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void differentSpellingsOfAnIpv6AddressAreEqual() throws InterruptedException {
		Upstreams.answer(server,
				Upstreams.items(Upstreams.item("2001:db8::1", 80, 1), Upstreams.item("2001:DB8:0:0:0:0:0:1", 80, 1)));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			Outcome outcome = polled.start();
			assertThat(outcome.after().instances()).hasSize(1);
			assertThat(outcome.after().instances().get(0).address()).isEqualTo("[2001:db8:0:0:0:0:0:1]:80");
			assertThat(outcome.rejected()).containsExactly("[2001:db8:0:0:0:0:0:1]:80 is listed twice");
		}
	}

}
