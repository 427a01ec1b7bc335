package io.eas.benchmarks.paths;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eas.benchmarks.instances.EchoProcess;
import io.eas.benchmarks.instances.InstanceSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One variant of each kind.
 */
class VariantTests {

	private static EchoProcess instance;

	@BeforeAll
	static void start() {
		instance = EchoProcess.start(List.of(new InstanceSettings(Duration.ZERO, false, 1024))).get(0);
	}

	@AfterAll
	static void end() {
		instance.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "RAW_IN_TURN", "APACHE", "JDK", "ARMERIA", "WEB_CLIENT_JSON", "SPRING", "EAS_WEB_CLIENT",
			"EAS_OBSERVED", "EAS_JSON" })
	void receivesTheEndOfEachCall(Variant variant) throws Exception {
		try (CallPath path = variant.start(List.of(instance.address()))) {
			Once turn = new Once();
			for (int call = 0; call < 2; call++) {
				turn.end = new CompletableFuture<>();
				path.call(turn);
				assertThat(turn.end.get(20, TimeUnit.SECONDS)).isTrue();
			}
		}
	}

	private static final class Once extends Turn {

		private volatile CompletableFuture<Boolean> end = new CompletableFuture<>();

		@Override
		protected void answered() {
			this.end.complete(true);
		}

		@Override
		protected void failed(Throwable failure) {
			this.end.completeExceptionally(failure);
		}

	}

}
