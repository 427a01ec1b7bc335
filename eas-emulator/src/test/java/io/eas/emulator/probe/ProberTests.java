package io.eas.emulator.probe;

import java.util.Map;

import io.eas.deployment.model.CheckMethod;
import io.eas.emulator.net.Network;
import io.eas.emulator.probe.ProbeResult.Discarded;
import io.eas.emulator.process.ProcessTree;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is common to all checks.
 */
class ProberTests {

	private final Network network = new Network();

	private final Prober prober = new Prober(this.network);

	@Test
	void supportsEveryMethod() {
		// the compiler can't say so before Java 21
		assertThat(CheckMethod.class.getPermittedSubclasses()).containsExactlyInAnyOrder(CheckMethod.HttpGet.class,
				CheckMethod.TcpSocket.class, CheckMethod.Exec.class);
		this.network.close();
	}

	@Test
	void errorsOfTheProberAreDiscarded() {
		ProbeTarget lost = new ProbeTarget((port) -> {
			throw new IllegalArgumentException("no container listens on " + port);
		}, Map.of(), null, new ProcessTree());
		ProbeResult result = this.prober.probe(Checks.get("/"), lost).block(Checks.PATIENCE);
		assertThat(result).isInstanceOf(Discarded.class);
		assertThat(result.detail()).contains("no container listens on 8000");
		this.network.close();
	}

	@Test
	void afterTheEndOfTheNetworkChecksAreDiscarded() {
		this.network.close();
		assertThat(this.prober.probe(Checks.get("/"), Checks.at(1)).block(Checks.PATIENCE))
			.isInstanceOf(Discarded.class);
		assertThat(this.prober.probe(Checks.socket(), Checks.at(1)).block(Checks.PATIENCE))
			.isInstanceOf(Discarded.class);
	}

}
