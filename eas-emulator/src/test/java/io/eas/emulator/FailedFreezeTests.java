package io.eas.emulator;

import io.eas.emulator.net.Listener;
import io.eas.emulator.net.Network;
import io.eas.emulator.token.TokenCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * An instance that could not be frozen.
 */
class FailedFreezeTests {

	private final Network network = new Network();

	private final Backend backend = new HandlerBackend(EmulatedHandler.echo()) {

		@Override
		public void freeze() {
			throw new IllegalStateException("not to be stopped");
		}

	};

	private final InstanceFront front = new InstanceFront(new TokenCheck(null), this.backend, this.network.scheduler());

	private final Listener listener = new Listener(this.network, 0, this.front::handle);

	private final EmulatedInstance instance = new EmulatedInstance("mnist-0", 100, this.backend, this.front,
			this.listener, new ManualLife("mnist-0", this.backend, this.front, this.listener));

	@AfterEach
	void close() {
		this.instance.terminate();
		this.network.close();
	}

	@Test
	void goesOnAnswering() throws Exception {
		this.instance.launch();
		this.instance.awaitReady();
		assertThatIllegalStateException().isThrownBy(this.instance::freeze).withMessage("not to be stopped");
		assertThat(this.instance.state()).isEqualTo(InstanceState.RUNNING);
		assertThat(Http.get(this.instance.address(), "/api/predict/mnist").statusCode()).isEqualTo(200);
	}

}
