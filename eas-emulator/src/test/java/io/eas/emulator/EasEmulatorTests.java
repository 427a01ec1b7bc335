package io.eas.emulator;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Discovery and gateway.
 */
class EasEmulatorTests {

	private final EasEmulator eas = EasEmulator.builder()
		.service("mnist_saved",
				(service) -> service.instance((i) -> i.weight(100))
					.instance((i) -> i.weight(50)
						.handler((request) -> Mono
							.just(EmulatedResponse.text(200, request.uri() + " " + request.header("X-A"))))))
		.build()
		.start();

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void discoveryListsInstancesWithWeightsOnBothPaths() throws Exception {
		EmulatedService service = this.eas.service("mnist_saved");
		String expected = """
				{"correlative":["mnist_saved"],"endpoints":{"items":[\
				{"app":"mnist-saved","ip":"127.0.0.1","port":%d,"weight":100},\
				{"app":"mnist-saved","ip":"127.0.0.1","port":%d,"weight":50}]}}""".formatted(service.instance(0).port(),
				service.instance(1).port());
		HttpResponse<String> old = Http.get(this.eas.endpoint(),
				"/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/mnist_saved?internal=true");
		assertThat(old.body()).isEqualTo(expected);
		assertThat(old.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(Http.get(this.eas.endpoint(), "/api/v1/servicediscovery/upstreams/mnist_saved").body())
			.isEqualTo(expected);
		assertThat(this.eas.discovery().requests()).isEqualTo(2);
	}

	@Test
	void instanceEchoesRequests() throws Exception {
		HttpResponse<String> response = Http.post(this.eas.service("mnist_saved").instance(0).address(),
				"/api/predict/mnist_saved", "hello");
		assertThat(response.body()).isEqualTo("hello");
		assertThat(response.headers().firstValue("Content-Length")).hasValue("5");
	}

}
