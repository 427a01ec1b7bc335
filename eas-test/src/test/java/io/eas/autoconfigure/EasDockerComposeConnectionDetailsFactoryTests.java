package io.eas.autoconfigure;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginProvider;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The connection to a local EAS that Docker Compose runs. There is no Docker here: the
 * running services are made up.
 */
class EasDockerComposeConnectionDetailsFactoryTests {

	private static final String LABEL = "org.springframework.boot.service-connection";

	@Test
	void imageOfTheLocalEasIsConnected() {
		EasConnectionDetails details = details(new Composed("eas-emulator:0.1.0", Map.of()));
		assertThat(details.getEndpoint("mnist")).isEqualTo("127.0.0.1:32768");
		assertThat(details.getAllowedNetworks("mnist")).containsExactly("127.0.0.1/32");
		assertThat(Origin.from(details)).isEqualTo(Composed.ORIGIN);
		assertThat(details(new Composed("registry.example.com/eas-emulator", Map.of()))).isNotNull();
	}

	@Test
	void labelConnectsAnotherImage() {
		assertThat(
				details(new Composed("registry.example.com/tools/model:1", Map.of(LABEL, "eas"))).getEndpoint("mnist"))
			.isEqualTo("127.0.0.1:32768");
	}

	@Test
	void otherServicesAreNotConnected() {
		for (String image : List.of("redis", "eas", "tools/eas-emulator",
				"registry.example.com/tools/eas-emulator:1")) {
			assertThat(details(new Composed(image, Map.of()))).as(image).isNull();
		}
		assertThat(details(new Composed("eas-emulator", Map.of(LABEL, "redis")))).isNull();
	}

	/** As Boot's listener asks once the services are running. */
	private static EasConnectionDetails details(Composed service) {
		try {
			Constructor<DockerComposeConnectionSource> constructor = DockerComposeConnectionSource.class
				.getDeclaredConstructor(RunningService.class, Environment.class);
			return (EasConnectionDetails) new ConnectionDetailsFactories(null)
				.getConnectionDetails(BeanUtils.instantiateClass(constructor, service, new MockEnvironment()), false)
				.get(EasConnectionDetails.class);
		}
		catch (NoSuchMethodException ex) {
			throw new AssertionError(ex);
		}
	}

	/** A service whose ports Docker has published under others. */
	private record Composed(String imageName,
			Map<String, String> labels) implements RunningService, ConnectionPorts, OriginProvider {

		static final Origin ORIGIN = new Origin() {
		};

		@Override
		public Origin getOrigin() {
			return ORIGIN;
		}

		@Override
		public String name() {
			return "eas";
		}

		@Override
		public ImageReference image() {
			return ImageReference.of(this.imageName);
		}

		@Override
		public String host() {
			return "localhost";
		}

		@Override
		public ConnectionPorts ports() {
			return this;
		}

		@Override
		public Map<String, String> env() {
			return Map.of();
		}

		@Override
		public int get(int containerPort) {
			assertThat(containerPort).isEqualTo(8500);
			return 32768;
		}

		@Override
		public List<Integer> getAll() {
			return List.of(32768);
		}

		@Override
		public List<Integer> getAll(String protocol) {
			return getAll();
		}

	}

}
