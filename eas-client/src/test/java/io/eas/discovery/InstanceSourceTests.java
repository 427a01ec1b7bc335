package io.eas.discovery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.eas.instance.EasInstance;
import io.eas.instance.Gateway;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where calls go before and after there are instances.
 */
@ExtendWith(OutputCaptureExtension.class)
class InstanceSourceTests {

	private static final EasInstance GATEWAY = new EasInstance("eas.test", 80, 100);

	private static final String BEGINNING = "mnist: no instance is known; calls go through the gateway at eas.test:80 "
			+ "until discovery returns a list";

	private static final String END = "mnist: instances are known; calls go to them and no longer through the gateway";

	private final InstanceCache cache = new InstanceCache(Clock.systemUTC());

	@Test
	void gatewayIsUsedWhileNoInstanceIsKnown() {
		InstanceSource source = throughGateway(false);
		InstanceList list = source.current();
		assertThat(list.instances()).containsExactly(GATEWAY);
		assertThat(list.source()).isEqualTo(Source.GATEWAY);
		assertThat(list.fetchedAt()).isEqualTo(Instant.EPOCH);
		assertThat(source.current()).isSameAs(list);
		assertThat(source.isFallingBack()).isTrue();
	}

	@Test
	void instancesAreUsedAsSoonAsTheyAreKnown() {
		InstanceSource source = throughGateway(false);
		InstanceList known = this.cache.succeed(TestInstances.instances(1, 1), Source.DISCOVERY);
		assertThat(source.current()).isSameAs(known);
		assertThat(source.isFallingBack()).isFalse();
		this.cache.fail(new DiscoveryException("an empty list", null));
		assertThat(source.current()).isSameAs(known);
		assertThat(source.isFallingBack()).isFalse();
	}

	@Test
	void nothingIsUsedWithoutAGateway(CapturedOutput output) {
		InstanceSource source = new InstanceSource("mnist", this.cache, null, Instant.EPOCH);
		assertThat(source.current()).isNull();
		assertThat(source.isFallingBack()).isFalse();
		source.found();
		assertThat(output).doesNotContain("gateway");
	}

	@Test
	void configuredGatewayIsNoFallback(CapturedOutput output) {
		InstanceSource source = throughGateway(false);
		InstanceList list = this.cache.succeed(List.of(GATEWAY), Source.GATEWAY);
		assertThat(source.current()).isSameAs(list);
		assertThat(source.isFallingBack()).isFalse();
		assertThat(output).doesNotContain("gateway");
	}

	@Test
	void beginAndEndOfTheFallbackAreLoggedOnce(CapturedOutput output) {
		InstanceSource source = throughGateway(false);
		assertThat(output).doesNotContain(BEGINNING);
		source.current();
		source.current();
		assertThat(output.toString().lines().filter((line) -> line.contains(BEGINNING))).singleElement()
			.satisfies((line) -> assertThat(line).contains("WARN"));
		source.found();
		assertThat(output).doesNotContain(END);
		this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		source.found();
		source.found();
		assertThat(output.toString().lines().filter((line) -> line.contains(END))).hasSize(1);
	}

	@Test
	void nothingIsLoggedIfNoCallUsedTheFallback(CapturedOutput output) {
		InstanceSource source = throughGateway(false);
		this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		source.found();
		assertThat(output).doesNotContain(END);
	}

	@Test
	void fallbackStaysWhileNoListedInstanceIsUsable(CapturedOutput output) {
		InstanceSource source = throughGateway(false);
		source.found();
		assertThat(source.current().instances()).containsExactly(GATEWAY);
		assertThat(output).contains(BEGINNING);
		source.found();
		assertThat(output).doesNotContain(END);
		this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		source.found();
		assertThat(output).contains(END);
	}

	@Test
	void onlyHttpsGatewayIsSecure() {
		EasInstance instance = TestInstances.instance(1, 1);
		assertThat(throughGateway(false).isSecure()).isFalse();
		assertThat(throughGateway(false).isSecure(GATEWAY)).isFalse();
		assertThat(throughGateway(true).isSecure()).isTrue();
		assertThat(throughGateway(true).isSecure(GATEWAY)).isTrue();
		assertThat(throughGateway(true).isSecure(instance)).isFalse();
		InstanceSource direct = new InstanceSource("mnist", this.cache, null, Instant.EPOCH);
		assertThat(direct.isSecure()).isFalse();
		assertThat(direct.isSecure(instance)).isFalse();
	}

	private InstanceSource throughGateway(boolean secure) {
		return new InstanceSource("mnist", this.cache, new Gateway(GATEWAY, secure), Instant.EPOCH);
	}

}
