package io.eas.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

import io.eas.client.auth.AuthScheme;
import io.eas.service.ServiceSettings.Mode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for a service of which some is set for it, and some for all services.
 */
class ServiceSettingsTests {

	@Test
	void unsetValuesHaveTheirDefaults() {
		assertThat(settings((service) -> {
		}, (all) -> {
		})).isEqualTo(ServiceSettings.DEFAULTS);
	}

	@Test
	void serviceOverridesSharedSettingsValueByValue() {
		ServiceSettings settings = settings(
				(service) -> service.mode(Mode.DIRECT)
					.gatewayFallback(false)
					.path("/own")
					.authScheme(AuthScheme.BEARER)
					.http((http) -> http.responseTimeout(Duration.ofMinutes(1)))
					.retry((retry) -> retry.maxAttempts(2)),
				(all) -> all.mode(Mode.GATEWAY)
					.gatewayFallback(true)
					.path("/all")
					.authScheme(AuthScheme.TOKEN)
					.http((http) -> http.responseTimeout(Duration.ofSeconds(1)).maxConnectionsPerInstance(7))
					.retry((retry) -> retry.maxAttempts(9).idempotent(false)));
		assertThat(settings.mode()).isEqualTo(Mode.DIRECT);
		assertThat(settings.gatewayFallback()).isFalse();
		assertThat(settings.path()).isEqualTo("/own");
		assertThat(settings.authScheme()).isEqualTo(AuthScheme.BEARER);
		assertThat(settings.http().responseTimeout()).isEqualTo(Duration.ofMinutes(1));
		assertThat(settings.http().callTimeout()).isEqualTo(Duration.ofMinutes(2));
		assertThat(settings.http().maxConnectionsPerInstance()).isEqualTo(7);
		assertThat(settings.retry().rules().maxAttempts()).isEqualTo(2);
		assertThat(settings.retry().rules().idempotent()).isFalse();
	}

	@Test
	void invalidSharedValueIsIgnoredIfTheServiceOverridesIt() {
		assertThat(settings((service) -> service.retry((retry) -> retry.maxAttempts(2)),
				(all) -> all.retry((retry) -> retry.maxAttempts(0)))
			.retry()
			.rules()
			.maxAttempts()).isEqualTo(2);
	}

	@Test
	void alternativesAreInheritedTogether() {
		ServiceSettings settings = settings(
				(service) -> service.tokenFile(Path.of("/run/token"))
					.account("123", "cn-hangzhou")
					.probe((probe) -> probe.tcpSocket(81)),
				(all) -> all.token("abc").endpoint("eas.test").probe((probe) -> probe.httpGet("/readyz", 80)));
		assertThat(settings.token()).isNull();
		assertThat(settings.tokenFile()).isEqualTo("/run/token");
		assertThat(settings.knownEndpoint()).isEqualTo("123.vpc.cn-hangzhou.pai-eas.aliyuncs.com");
		assertThat(settings.probe().path()).isNull();
		assertThat(settings.probe().port()).isEqualTo(81);
	}

	@Test
	void sharedTokenAndEndpointAreInheritedIfTheServiceHasNone() {
		ServiceSettings settings = settings((service) -> {
		}, (all) -> all.token(" abc\n").endpoint("eas.test").account("123", "cn-hangzhou"));
		assertThat(settings.token()).isEqualTo("abc");
		assertThat(settings.knownEndpoint()).isEqualTo("eas.test");
		assertThat(settings).hasToString("settings of an EAS service in mode DIRECT");
	}

	private static ServiceSettings settings(Consumer<Changes> service, Consumer<Changes> all) {
		Changes own = new Changes();
		Changes shared = new Changes();
		service.accept(own);
		all.accept(shared);
		return own.build(null, shared);
	}

	private static final class Changes extends ServiceSettings.Builder<Changes> {

	}

}
