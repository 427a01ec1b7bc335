package io.eas.test.container;

import java.util.List;

import io.eas.autoconfigure.EasConnectionDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.springframework.util.function.SingletonSupplier;

/**
 * Connects an application to an {@link EasContainer} with {@code @ServiceConnection}.
 */
final class EasContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<EasContainer, EasConnectionDetails> {

	@Override
	protected EasConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<EasContainer> source) {
		return new ContainedLocalEas(source);
	}

	/** The local EAS in a container, which starts when its ports are first needed. */
	private static final class ContainedLocalEas extends ContainerConnectionDetails<EasContainer>
			implements EasConnectionDetails {

		private final SingletonSupplier<EasConnectionDetails> published = SingletonSupplier.of(this::published);

		ContainedLocalEas(ContainerConnectionSource<EasContainer> source) {
			super(source);
		}

		@Override
		public @Nullable String getEndpoint(String alias) {
			return this.published.obtain().getEndpoint(alias);
		}

		@Override
		public List<String> getAllowedNetworks(String alias) {
			return this.published.obtain().getAllowedNetworks(alias);
		}

		private EasConnectionDetails published() {
			EasContainer container = getContainer();
			return EasConnectionDetails.ofLocalEas(container.getHost(), container.getPort());
		}

	}

}
