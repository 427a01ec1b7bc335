package io.eas.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * Connects an application to the local EAS that Docker Compose runs for it: a service
 * with the label {@code org.springframework.boot.service-connection: eas}, or one of the
 * image {@code eas-emulator}. An image in a namespace, such as
 * {@code tools/eas-emulator}, needs the label.
 */
final class EasDockerComposeConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<EasConnectionDetails> {

	private static final int PORT = 8500;

	private static final String LABEL = "org.springframework.boot.service-connection";

	private static final String IMAGE = ImageReference.of("eas-emulator").getName();

	EasDockerComposeConnectionDetailsFactory() {
		super((source) -> isLocalEas(source.getRunningService()));
	}

	/** As for other connections, the label takes precedence over the image. */
	private static boolean isLocalEas(RunningService service) {
		String label = service.labels().get(LABEL);
		return (label != null) ? label.equals("eas")
				: ImageReference.of(service.image().getName()).getName().equals(IMAGE);
	}

	@Override
	protected EasConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new ComposedLocalEas(source.getRunningService());
	}

	/** The local EAS, with the origin of its details in the Compose file. */
	private static final class ComposedLocalEas extends DockerComposeConnectionDetails implements EasConnectionDetails {

		private final EasConnectionDetails published;

		ComposedLocalEas(RunningService service) {
			super(service);
			this.published = EasConnectionDetails.ofLocalEas(service.host(), service.ports().get(PORT));
		}

		@Override
		public @Nullable String getEndpoint(String alias) {
			return this.published.getEndpoint(alias);
		}

		@Override
		public List<String> getAllowedNetworks(String alias) {
			return this.published.getAllowedNetworks(alias);
		}

	}

}
