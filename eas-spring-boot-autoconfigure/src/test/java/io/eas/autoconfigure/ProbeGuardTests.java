package io.eas.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.eas.server.ServedApplication;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Which probes let an application start, on Tomcat and on Netty, with and without Spring
 * Security.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProbeGuardTests {

	private static final String ADDITIONAL = "management.endpoint.health.probes.add-additional-paths=true";

	private static final String SECURITY = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration,"
			+ "org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration";

	/** Whatever Actuator makes of these, the probes are found. */
	static final List<List<String>> FOUND = List.of(List.of(), List.of(ADDITIONAL),
			List.of("management.endpoints.web.base-path=/"),
			List.of("management.endpoints.web.base-path=/manage/", "management.endpoints.web.path-mapping.health=well"),
			List.of("management.server.port=0"), List.of("management.server.port=0", ADDITIONAL),
			List.of("management.server.port=0", "management.server.base-path=/manage"),
			List.of("management.server.port=0", "management.server.base-path=/manage",
					"management.endpoint.health.group.liveness.additional-path=management:/alive",
					"management.endpoint.health.group.liveness.include=livenessState",
					"management.endpoint.health.group.readiness.additional-path=server:/ready",
					"management.endpoint.health.group.readiness.include=readinessState"),
			List.of("management.endpoint.health.group.liveness.additional-path=management:/alive",
					"management.endpoint.health.group.liveness.include=livenessState"),
			List.of("spring.webflux.base-path=/app", "server.servlet.context-path=/app"),
			List.of("spring.webflux.base-path=/app", "server.servlet.context-path=/app",
					"spring.mvc.servlet.path=/spring", ADDITIONAL),
			List.of("eas.server.liveness-path=/work", "eas.server.readiness-path=/work",
					"management.endpoints.web.exposure.exclude=*"));

	static Stream<Arguments> found() {
		return FOUND.stream()
			.flatMap((properties) -> Stream.of(Arguments.of(WebApplicationType.REACTIVE, properties),
					Arguments.of(WebApplicationType.SERVLET, properties)));
	}

	@ParameterizedTest
	@MethodSource("found")
	void probesAreFound(WebApplicationType type, List<String> properties) {
		try (ConfigurableApplicationContext context = ServedApplication.start(type, List.of(),
				properties.toArray(String[]::new))) {
			assertThat(context.isActive()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void missingProbesFailTheStart(WebApplicationType type, CapturedOutput output) {
		fails(type, List.of(), "management.endpoints.web.exposure.exclude=health");
		assertThat(output.toString())
			.containsPattern("GET http://127\\.0\\.0\\.1:\\d+/actuator/health/liveness, the "
					+ "liveness probe \\(eas\\.server\\.liveness-path\\), was answered with status 404")
			.contains("Add spring-boot-starter-actuator and set management.endpoint.health.probes.add-additional-paths "
					+ "to true, which gives /livez and /readyz on the server's own port. Or name another path in "
					+ "eas.server.liveness-path, and the same in service.json. Where service.json has no http_get "
					+ "checks, set eas.server.probes to false.");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void missingConfiguredPathsFailTheStart(WebApplicationType type, CapturedOutput output) {
		fails(type, List.of(), "eas.server.readiness-path=/none");
		assertThat(output)
			.contains("/none, the readiness probe (eas.server.readiness-path), was answered with status " + "404");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void probesThatNeedAPasswordFailTheStart(WebApplicationType type, CapturedOutput output) {
		fails(type, List.of(Passwords.class), SECURITY, ADDITIONAL);
		assertThat(output)
			.contains("/livez, the liveness probe (eas.server.liveness-path), was answered with status " + "401")
			.contains("EAS has no credentials: let everyone GET /livez, with Spring Security by permitAll() for this "
					+ "path, before the rule for all other requests. Or name another path in eas.server.liveness-path, "
					+ "and the same in service.json.");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void probesThatRedirectToALoginPageFailTheStart(WebApplicationType type, CapturedOutput output) {
		fails(type, List.of(Passwords.class), SECURITY, "login=form");
		assertThat(output)
			.contains("/actuator/health/liveness, the liveness probe (eas.server.liveness-path), was "
					+ "answered with status 302")
			.contains("EAS has no credentials: ");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void readinessThatNeedsALoginFailsTheStart(WebApplicationType type, CapturedOutput output) {
		fails(type, List.of(Passwords.class), SECURITY, ADDITIONAL, "permitted=/livez");
		assertThat(output)
			.contains("/readyz, the readiness probe (eas.server.readiness-path), was answered with " + "status 401");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void probesThatSecurityPermitsAreAccepted(WebApplicationType type) {
		ServedApplication.start(type, List.of(Passwords.class), SECURITY, ADDITIONAL, "permitted=/livez,/readyz")
			.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void probesThatSpringBootPermitsByDefaultAreAccepted(WebApplicationType type) {
		ServedApplication.start(type, List.of(), SECURITY, ADDITIONAL).close();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void probesRejectedByAnOwnFilterFailTheStart(WebApplicationType type, CapturedOutput output) {
		fails(type, List.of(OwnFilters.class));
		assertThat(output).contains("was answered with status 401").contains("EAS has no credentials: ");
	}

	@Test
	void applicationThatIsNotLiveFailsTheStart(CapturedOutput output) {
		fails(WebApplicationType.SERVLET, List.of(NotAlive.class),
				"management.endpoint.health.group.liveness.include=livenessState,dead");
		assertThat(output).contains("the liveness probe (eas.server.liveness-path), was answered with status 503")
			.contains("EAS counts statuses 200 to 399 as success: repair the handler of GET "
					+ "/actuator/health/liveness.");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void serverWithTlsFailsTheStart(WebApplicationType type, @TempDir Path directory, CapturedOutput output)
			throws Exception {
		Path store = directory.resolve("store.p12");
		keytool("-genkeypair", "-keystore", store.toString(), "-storepass", "changeit", "-keyalg", "EC", "-dname",
				"CN=test");
		fails(type, List.of(), "server.ssl.key-store=" + store, "server.ssl.key-store-password=changeit");
		assertThat(output).contains("the liveness probe (eas.server.liveness-path), was answered with ")
			.containsPattern("repair the handler of GET /actuator/health/liveness");
	}

	@Test
	void noProbeIsSentIfTheServerIsMocked() {
		SpringApplication application = new SpringApplication(Object.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run()) {
			new ProbeGuard(ProbeLocations.of(new ServerEnvironment(context.getEnvironment()), context))
				.run(new DefaultApplicationArguments());
		}
	}

	private static void keytool(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
		command.addAll(List.of(arguments));
		assertThat(new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor()).isZero();
	}

	private static void fails(WebApplicationType type, List<Class<?>> sources, String... properties) {
		assertThatException().isThrownBy(() -> ServedApplication.start(type, sources, properties).close());
	}

	@Configuration(proxyBeanMethods = false)
	static class NotAlive {

		@Bean
		HealthIndicator dead() {
			return () -> Health.down().build();
		}

	}

	/** Everything needs a login but what the property permitted names. */
	@Configuration(proxyBeanMethods = false)
	static class Passwords {

		@Bean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		SecurityFilterChain servlet(HttpSecurity http, Environment environment) {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers(permitted(environment))
				.permitAll()
				.anyRequest()
				.authenticated());
			return (environment.containsProperty("login") ? http.formLogin(Customizer.withDefaults())
					: http.httpBasic(Customizer.withDefaults()))
				.build();
		}

		@Bean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
		SecurityWebFilterChain reactive(ServerHttpSecurity http, Environment environment) {
			http.authorizeExchange((exchanges) -> exchanges.pathMatchers(permitted(environment))
				.permitAll()
				.anyExchange()
				.authenticated());
			return (environment.containsProperty("login") ? http.formLogin(Customizer.withDefaults())
					: http.httpBasic(Customizer.withDefaults()))
				.build();
		}

		private static String[] permitted(Environment environment) {
			return environment.getProperty("permitted", String[].class, new String[] { "/nothing" });
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFilters {

		@Bean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		Filter servlet() {
			return (request, response, chain) -> refuse((HttpServletResponse) response);
		}

		private static void refuse(HttpServletResponse response) throws IOException {
			response.sendError(401);
		}

		@Bean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
		WebFilter reactive() {
			return (exchange, chain) -> {
				exchange.getResponse().setStatusCode(HttpStatus.UNAUTHORIZED);
				return exchange.getResponse().setComplete();
			};
		}

	}

}
