package io.eas.emulator;

import io.eas.emulator.instance.Backend;
import io.eas.emulator.instance.InstanceFactory;
import io.eas.emulator.instance.InstanceState;
import io.eas.emulator.net.Forwarder;
import io.eas.emulator.net.Network;
import io.eas.emulator.net.PortPool;
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

	private final EmulatedInstance instance = new EmulatedInstance(100,
			new InstanceFactory(this.network, new Forwarder(this.network), new TokenCheck(null), PortPool.loopback(0))
				.inProcess("mnist-0", this.backend));

	@AfterEach
	void close() {
		this.instance.terminate();
		this.network.close();
	}

	@Test
	void keepsAnsweringAfterAFailedFreeze() throws Exception {
		this.instance.launch();
		this.instance.awaitReady();
		assertThatIllegalStateException().isThrownBy(this.instance::freeze).withMessage("not to be stopped");
		assertThat(this.instance.state()).isEqualTo(InstanceState.RUNNING);
		assertThat(Http.get(this.instance.address(), "/api/predict/mnist").statusCode()).isEqualTo(200);
	}

}
