package io.eas.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What people read when the application doesn't start for its configuration.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidConfigurationTests {

	private static final String MNIST = "eas.services.mnist.";

	private static final String IN_RANGE = "Set a value in that range, or remove the property to get the default.";

	private static final String ANY_INTERVAL = "EAS asks for a poll every 5 to 10 seconds. Set a value in that range, "
			+ "or discovery.allow-any-interval to true where the discovery API is your own.";

	@TempDir
	private Path directory;

	/** Key, value, what the message says it must, what it says it was. */
	static final List<Arguments> RANGES = List.of(Arguments.of("discovery.jitter", "1.5", "be between 0 and 1", "1.5"),
			Arguments.of("discovery.jitter", "-0.1", "be between 0 and 1", "-0.1"),
			Arguments.of("discovery.jitter", "NaN", "be between 0 and 1", "NaN"),
			Arguments.of("discovery.connect-timeout", "0s", "be between 1ms and 1m", "0s"),
			Arguments.of("discovery.connect-timeout", "61s", "be between 1ms and 1m", "61s"),
			Arguments.of("discovery.startup-timeout", "PT2562047788015215H30M", "be between 0s and 10m",
					"PT2562047788015215H30M"),
			Arguments.of("discovery.startup-timeout", "PT-2562047788015215H-30M", "be between 0s and 10m",
					"PT-2562047788015215H-30M"),
			Arguments.of("discovery.timeout", "0s", "be between 1ms and 1m", "0s"),
			Arguments.of("discovery.timeout", "2m", "be between 1ms and 1m", "2m"),
			Arguments.of("discovery.startup-timeout", "-1s", "be between 0s and 10m", "-1s"),
			Arguments.of("discovery.startup-timeout", "11m", "be between 0s and 10m", "11m"),
			Arguments.of("discovery.max-response-size", "100B", "be between 1KB and 64MB", "100B"),
			Arguments.of("discovery.max-response-size", "65MB", "be between 1KB and 64MB", "65MB"),
			Arguments.of("discovery.snapshot.max-age", "0s", "be between 1s and 365d", "0s"),
			Arguments.of("discovery.snapshot.max-age", "366d", "be between 1s and 365d", "366d"),
			Arguments.of("load-balancer.slow-start", "-1s", "be between 0s and 1h", "-1s"),
			Arguments.of("load-balancer.slow-start", "2h", "be between 0s and 1h", "2h"),
			Arguments.of("load-balancer.prefix-blocks", "15", "be between 16 and 100000", "15"),
			Arguments.of("load-balancer.prefix-block-size", "63", "be between 64 and 65536", "63"),
			Arguments.of("load-balancer.signals-period", "50ms", "be between 100ms and 1m", "50ms"),
			Arguments.of("ejection.consecutive-failures", "0", "be between 1 and 1000", "0"),
			Arguments.of("ejection.base-time", "1ms", "be between 10ms and 1h", "1ms"),
			Arguments.of("ejection.base-time", "61m", "be between 10ms and 1h", "61m"),
			Arguments.of("ejection.max-time", "2d", "be between 10ms and 1d", "2d"),
			Arguments.of("ejection.max-percent", "-1", "be between 0 and 100", "-1"),
			Arguments.of("ejection.max-percent", "101", "be between 0 and 100", "101"),
			Arguments.of("retry.max-attempts", "0", "be between 1 and 10", "0"),
			Arguments.of("retry.max-attempts", "11", "be between 1 and 10", "11"),
			Arguments.of("retry.backoff.initial", "-1ms", "be between 0s and 10s", "-1ms"),
			Arguments.of("retry.backoff.initial", "11s", "be between 0s and 10s", "11s"),
			Arguments.of("retry.backoff.max", "2m", "be between 0s and 1m", "2m"),
			Arguments.of("retry.backoff.multiplier", "0.5", "be between 1 and 10", "0.5"),
			Arguments.of("retry.backoff.multiplier", "11", "be between 1 and 10", "11"),
			Arguments.of("retry.backoff.jitter", "2", "be between 0 and 1", "2"),
			Arguments.of("retry.budget.ratio", "-0.1", "be between 0 and 10", "-0.1"),
			Arguments.of("retry.budget.ratio", "20", "be between 0 and 10", "20"),
			Arguments.of("retry.budget.ratio", "NaN", "be between 0 and 10", "NaN"),
			Arguments.of("retry.budget.min-per-second", "-1", "be between 0 and 10000", "-1"),
			Arguments.of("retry.budget.min-per-second", "10001", "be between 0 and 10000", "10001"),
			Arguments.of("probe.period", "99ms", "be between 100ms and 1h", "99ms"),
			Arguments.of("probe.period", "2h", "be between 100ms and 1h", "2h"),
			Arguments.of("probe.timeout", "0s", "be between 1ms and 1m", "0s"),
			Arguments.of("probe.timeout", "2m", "be between 1ms and 1m", "2m"),
			Arguments.of("probe.success-threshold", "0", "be between 1 and 100", "0"),
			Arguments.of("probe.success-threshold", "101", "be between 1 and 100", "101"),
			Arguments.of("probe.failure-threshold", "0", "be between 1 and 100", "0"),
			Arguments.of("probe.failure-threshold", "101", "be between 1 and 100", "101"),
			Arguments.of("probe.tcp-socket.port", "0", "be between 1 and 65535", "0"),
			Arguments.of("probe.tcp-socket.port", "65536", "be between 1 and 65535", "65536"),
			Arguments.of("http.connect-timeout", "500us", "be between 1ms and 1m", "PT0.0005S"),
			Arguments.of("http.connect-timeout", "200000d", "be between 1ms and 1m", "200000d"),
			Arguments.of("http.connect-timeout", "0", "be between 1ms and 1m", "0s"),
			Arguments.of("http.connect-timeout", "2m", "be between 1ms and 1m", "2m"),
			Arguments.of("http.first-event-timeout", "0s", "be between 1ms and 1h", "0s"),
			Arguments.of("http.next-event-timeout", "2h", "be between 1ms and 1h", "2h"),
			Arguments.of("http.stream-timeout", "366d", "be between 1ms and 365d", "366d"),
			Arguments.of("http.response-timeout", "0", "be between 1ms and 1h", "0s"),
			Arguments.of("http.response-timeout", "2h", "be between 1ms and 1h", "2h"),
			Arguments.of("http.request-timeout", "0", "be between 1ms and 2h", "0s"),
			Arguments.of("http.request-timeout", "3h", "be between 1ms and 2h", "3h"),
			Arguments.of("http.max-connections-per-instance", "0", "be between 1 and 10000", "0"),
			Arguments.of("http.max-connections-per-instance", "10001", "be between 1 and 10000", "10001"),
			Arguments.of("http.pending-acquire-timeout", "0", "be between 1ms and 1m", "0s"),
			Arguments.of("http.pending-acquire-timeout", "2m", "be between 1ms and 1m", "2m"),
			Arguments.of("http.max-idle-time", "500ms", "be between 1s and 1h", "500ms"),
			Arguments.of("http.max-idle-time", "2h", "be between 1s and 1h", "2h"),
			Arguments.of("http.max-life-time", "0", "be between 1s and 1d", "0s"),
			Arguments.of("http.max-life-time", "2d", "be between 1s and 1d", "2d"),
			Arguments.of("http.max-in-memory-size", "1B", "be between 1KB and 1GB", "1B"),
			Arguments.of("http.max-in-memory-size", "2GB", "be between 1KB and 1GB", "2GB"),
			Arguments.of("http.max-header-size", "1023B", "be between 1KB and 1MB", "1023B"),
			Arguments.of("http.max-header-size", "2MB", "be between 1KB and 1MB", "2MB"),
			Arguments.of("health.stale-after", "0", "be between 1ms and 1d", "0s"),
			Arguments.of("health.down-after", "2d", "be between 1ms and 1d", "2d"));

	@ParameterizedTest
	@FieldSource("RANGES")
	void valueOutOfRangeIsReportedWithTheRange(String key, String value, String must, String was,
			CapturedOutput output) {
		fails(output, MNIST + key + "=" + value).says(MNIST + key + " must " + must + ", was " + was)
			.comesFrom("\"" + MNIST + key + "\" from property source \"commandLineArgs\"")
			.advises(IN_RANGE);
	}

	static Stream<Arguments> rules() {
		return Stream.of(
				Arguments.of(List.of(MNIST + "discovery.interval=200ms"),
						MNIST + "discovery.interval must be between 5s and 10s, was 200ms", ANY_INTERVAL),
				Arguments.of(List.of(MNIST + "discovery.interval=11s"),
						MNIST + "discovery.interval must be between 5s and 10s, was 11s", ANY_INTERVAL),
				Arguments.of(List.of(MNIST + "discovery.interval=6s", MNIST + "discovery.jitter=0.8"),
						MNIST + "discovery.jitter must be at most 0.66, since interval x (1 + jitter) must be at most "
								+ "10s and is 10800ms, was 0.8",
						ANY_INTERVAL),
				Arguments.of(List.of(MNIST + "discovery.interval=1ms", MNIST + "discovery.allow-any-interval=true"),
						MNIST + "discovery.interval must be between 10ms and 1d, was 1ms", IN_RANGE),
				Arguments.of(List.of(MNIST + "discovery.path=upstreams"),
						MNIST + "discovery.path must start with a slash, was 'upstreams'",
						"Remove it to get the documented path."),
				Arguments.of(List.of(MNIST + "discovery.allowed-networks=172.16.0.0"),
						MNIST + "discovery.allowed-networks must be networks such as 172.16.0.0/12, was [172.16.0.0]",
						"'172.16.0.0' is not a network such as 172.16.0.0/12."),
				Arguments.of(List.of(MNIST + "discovery.allowed-networks=10.0.0.0/8,172.16.0.0/33"),
						MNIST + "discovery.allowed-networks must be networks such as 172.16.0.0/12, "
								+ "was [10.0.0.0/8, 172.16.0.0/33]",
						"'172.16.0.0/33' is not a network: the prefix must be between 0 and 32."),
				Arguments.of(List.of(MNIST + "discovery.snapshot.enabled=true"),
						MNIST + "discovery.snapshot.directory must be set where snapshot.enabled is true, was missing",
						"Set it to a directory that outlives the application and is written by it alone, or set "
								+ "snapshot.enabled to false."),
				Arguments.of(
						List.of(MNIST + "discovery.snapshot.enabled=true", MNIST + "discovery.snapshot.directory=a\0b"),
						MNIST + "discovery.snapshot.directory must be a directory that files can be written to, was "
								+ "'a\0b'",
						"The directory can't be used: java.nio.file.InvalidPathException: Nul character not allowed: "
								+ "a\0b"),
				Arguments.of(
						List.of(MNIST + "discovery.snapshot.enabled=true",
								MNIST + "discovery.snapshot.directory=/dev/null"),
						MNIST + "discovery.snapshot.directory must be a directory that files can be written to, was "
								+ "'/dev/null'",
						"The directory can't be used: java.nio.file.NotDirectoryException: /dev/null"),
				Arguments.of(List.of(MNIST + "http.request-id-header=Authorization"),
						MNIST + "http.request-id-header must be the name of a header that the client doesn't set "
								+ "itself, was 'Authorization'",
						"Set it to a name such as X-Request-Id, or remove it."),
				Arguments.of(List.of(MNIST + "http.attempt-header=a b"),
						MNIST + "http.attempt-header must be the name of a header that the client doesn't set itself, "
								+ "was 'a b'",
						"Set it to a name such as X-Attempt-Count, or remove it."),
				Arguments.of(List.of(MNIST + "http.attempt-header=x-request-id"),
						MNIST + "http.attempt-header must be another header than that of the request ID, X-Request-Id, "
								+ "was 'x-request-id'",
						"Set it to a name such as X-Attempt-Count, or remove it."),
				Arguments.of(List.of(MNIST + "retry.on-statuses=401"),
						MNIST + "retry.on-statuses must be statuses between 400 and 599 without 400, 401, 404 and "
								+ "405, was [401]",
						"Remove 401: another attempt would fail in the same way."),
				Arguments.of(List.of(MNIST + "retry.on-statuses[0]=302"),
						MNIST + "retry.on-statuses must be statuses between 400 and 599 without 400, 401, 404 and "
								+ "405, was [302]",
						"Remove 302: another attempt would fail in the same way."),
				Arguments.of(List.of(MNIST + "ejection.base-time=6m"),
						MNIST + "ejection.base-time must be at most max-time (5m), was 6m",
						"Lower base-time or raise max-time."),
				Arguments.of(List.of(MNIST + "load-balancer.hash-header=X Session"),
						MNIST + "load-balancer.hash-header must be the name of a header, was 'X Session'",
						"Set it to a name such as X-Session-Id."),
				Arguments.of(List.of(MNIST + "health.stale-after=6m"),
						MNIST + "health.stale-after must be at most down-after (5m), was 6m",
						"Lower stale-after or raise down-after."),
				Arguments.of(List.of(MNIST + "path=api/predict"),
						MNIST + "path must start with a slash, not end with one and hold no query, was 'api/predict'",
						"Set it to a path such as /api/predict/{service-name}."),
				Arguments.of(List.of(MNIST + "path=/api/predict/"),
						MNIST + "path must start with a slash, not end with one and hold no query, was '/api/predict/'",
						"Set it to a path such as /api/predict/{service-name}."),
				Arguments.of(List.of(MNIST + "path=/api?a=1"),
						MNIST + "path must start with a slash, not end with one and hold no query, was '/api?a=1'",
						"Set it to a path such as /api/predict/{service-name}."),
				path("/api/{service}", "have no placeholder other than {service-name}"),
				path("/api/../x", "have no empty segment, and none that is '.' or '..'"),
				path("/api/%2E./x", "have no empty segment, and none that is '.' or '..'"),
				path("/a//b", "have no empty segment, and none that is '.' or '..'"),
				path("/a%2", "have two hexadecimal digits after each %, which encode no control character"),
				path("/a%0d%0ab", "have two hexadecimal digits after each %, which encode no control character"),
				Arguments.of(List.of(MNIST + "probe.http-get.path=readyz"),
						MNIST + "probe.http-get.path must start with a slash and have only characters that need no "
								+ "encoding in a path, was 'readyz'",
						"Set it to a path such as /readyz, or remove it to check by a connection."),
				Arguments.of(List.of(MNIST + "probe.http-get.path=/a b"),
						MNIST + "probe.http-get.path must start with a slash and have only characters that need no "
								+ "encoding in a path, was '/a b'",
						"Set it to a path such as /readyz, or remove it to check by a connection."),
				Arguments.of(List.of(MNIST + "probe.http-get.path=/readyz", MNIST + "probe.http-get.port=65536"),
						MNIST + "probe.http-get.port must be between 1 and 65535, was 65536", IN_RANGE),
				Arguments.of(List.of(MNIST + "probe.http-get.port=8502"),
						MNIST + "probe.http-get.port must come with a path, was 8502",
						"Set http-get.path too, or tcp-socket.port instead."),
				Arguments.of(List.of(MNIST + "probe.http-get.path=/readyz", MNIST + "probe.tcp-socket=true"),
						MNIST + "probe.tcp-socket must not be set together with http-get.path, was true",
						"Remove one of http-get.path and tcp-socket, since there is only one check per instance."),
				Arguments.of(List.of("eas.uid="), MNIST + "endpoint must be set in mode direct, was missing",
						"Set uid and region-id, or endpoint; or set the mode to static and list the " + "instances."),
				Arguments.of(List.of("eas.uid=", MNIST + "mode=gateway"),
						MNIST + "endpoint must be set in mode gateway, was missing",
						"Set uid and region-id, or endpoint; or set the mode to static and list the " + "instances."),
				Arguments.of(List.of("eas.uid=123"),
						MNIST + "region-id must be set too in mode direct, since uid and region-id give the endpoint "
								+ "together, was missing",
						"Set region-id, or endpoint in place of both."),
				Arguments.of(List.of(MNIST + "region-id=cn-hangzhou"),
						MNIST + "uid must be set too in mode direct, since uid and region-id give the endpoint "
								+ "together, was missing",
						"Set uid, or endpoint in place of both."),
				endpoint("http://host/path"), port("host:port"), port("127.0.0.1:"), port("http://[::1]:/"),
				port("host:65536"), port("http://host:0/"),
				Arguments.of(List.of(MNIST + "endpoint=${EAS_ENDPOINT_THAT_IS_NOT_SET}"),
						MNIST + "endpoint must be host[:port] or http://host[:port], was "
								+ "'${EAS_ENDPOINT_THAT_IS_NOT_SET}'",
						"Set what the placeholder names: it isn't known here."),
				endpoint("ftp://host"), endpoint("user@host", "******@host"),
				endpoint("http://user:pw@host/", "http://******@host/"),
				endpoint("http://user:pa/ss@host", "http://******@host"),
				endpoint("https://host/?token=abc", "https://host/?…"), endpoint("a b"),
				Arguments.of(List.of(MNIST + "mode=static"),
						MNIST + "instances must list at least one instance in mode static, was empty",
						"Add host:port or host:port;weight."),
				instance("127.0.0.1", "127.0.0.1", "a host, a colon and a port are needed"),
				instance(":80", ":80", "a host, a colon and a port are needed"),
				instance("a:80;1;2", "a:80;1;2", "a host, a colon and a port are needed"),
				instance("a:b", "a:b", "port must be a number, was 'b'"),
				instance("a:80;much", "a:80;much", "weight must be a number, was 'much'"),
				instance("a:65536", "a:65536", "port must be between 1 and 65535, was 65536"),
				instance("a:0", "a:0", "port must be between 1 and 65535, was 0"),
				instance("a:80;-1", "a:80;-1", "weight must not be negative, was -1"),
				instance("http://10.0.0.1:80", "http://10.0.0.1:80",
						"it must be a host and a port, without http:// in front"),
				instance("::1:80", "::1:80", "an IPv6 address must stand in brackets"),
				instance("[::1]:80,a:80,a:80;5", "a:80;5", "it is listed twice"),
				Arguments.of(List.of(MNIST + "auth.scheme=bearer"),
						MNIST + "auth.scheme must be 'none' where there is no token, was bearer",
						"Set token or token-file, provide an EasTokenSupplier, or set the scheme to 'none'."),
				Arguments.of(List.of(MNIST + "token=abc", MNIST + "token-file=/run/token"),
						MNIST + "token-file must not be set together with token, was '/run/token'",
						"Remove one of token and token-file."),
				Arguments.of(List.of(MNIST + "token=hidden\nvalue"),
						MNIST + "token must have only visible ASCII characters, was ******",
						"Copy the token from the service's details page as it is."),
				Arguments.of(List.of(MNIST + "token=${EAS_TOKEN_THAT_IS_NOT_SET}"),
						MNIST + "token must be the token itself, was a placeholder that nothing resolves",
						"Set the environment variable or property that the placeholder names."));
	}

	private static Arguments endpoint(String value) {
		return endpoint(value, value);
	}

	private static Arguments endpoint(String value, String shown) {
		return Arguments.of(List.of(MNIST + "endpoint=" + value),
				MNIST + "endpoint must be host[:port] or http://host[:port], was '" + shown + "'",
				"Leave out path, query and user; the paths have properties of their own.");
	}

	private static Arguments path(String value, String must) {
		return Arguments.of(List.of(MNIST + "path=" + value), MNIST + "path must " + must + ", was '" + value + "'",
				"Set it to a path such as /api/predict/{service-name}.");
	}

	private static Arguments port(String value) {
		return Arguments.of(List.of(MNIST + "endpoint=" + value),
				MNIST + "endpoint must be host[:port] or http://host[:port], was '" + value + "'",
				"Write a port from 1 to 65535, or none for 80, or 443 with https.");
	}

	private static Arguments instance(String value, String wrong, String reason) {
		return Arguments.of(List.of(MNIST + "mode=static", MNIST + "instances=" + value),
				MNIST + "instances must be host:port or host:port;weight, was '" + wrong + "'",
				"Correct the entry: " + reason + ".");
	}

	@ParameterizedTest
	@MethodSource("rules")
	void violatedRuleIsExplained(List<String> properties, String description, String action, CapturedOutput output) {
		fails(output, properties.toArray(String[]::new)).says(description).advises(action);
		assertThat(output).doesNotContain("hidden");
	}

	@ParameterizedTest
	@MethodSource("aliases")
	void aliasMustBeAHostName(String alias, CapturedOutput output) {
		fails(output, "eas.services[" + alias + "].token=abc")
			.says("eas.services." + alias + " must have an alias of at most 63 small letters, digits and dashes that "
					+ "starts with a letter and doesn't end with a dash, was '" + alias + "'")
			.advises("Choose another alias, and put the name on EAS under eas.services.<alias>.service-name.");
	}

	static List<String> aliases() {
		return List.of("Mnist", "mnist_saved", "1mnist", "mnist-", "a/b", "m".repeat(64));
	}

	@Test
	void sharedValueIsReportedUnderItsSharedName(CapturedOutput output) {
		fails(output, "eas.discovery.interval=200ms")
			.says("eas.discovery.interval must be between 5s and 10s, was 200ms")
			.comesFrom("\"eas.discovery.interval\" from property source \"commandLineArgs\"");
	}

	@Test
	void sharedListIsReportedUnderItsSharedName(CapturedOutput output) {
		fails(output, "eas.retry.on-statuses[0]=404")
			.says("eas.retry.on-statuses must be statuses between 400 and 599 without 400, 401, 404 and 405, was [404]")
			.comesFrom("\"eas.retry.on-statuses[0]\" from property source \"commandLineArgs\"");
	}

	@Test
	void sharedEndpointIsReportedUnderItsSharedName(CapturedOutput output) {
		fails(output, "eas.endpoint=http://host/path")
			.says("eas.endpoint must be host[:port] or http://host[:port], was 'http://host/path'")
			.comesFrom("\"eas.endpoint\" from property source \"commandLineArgs\"");
	}

	@Test
	void valueOfTheServiceIsReportedIfBothAreSet(CapturedOutput output) {
		fails(output, "eas.discovery.interval=6s", MNIST + "discovery.interval=1s")
			.says(MNIST + "discovery.interval must be between 5s and 10s, was 1s");
	}

	@Test
	void lineOfTheFileIsReported(CapturedOutput output) throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yml"), """
				eas:
				  endpoint: 127.0.0.1:1
				  discovery:
				    interval: 200ms
				  services:
				    llm:
				      discovery:
				        interval: 5s
				    mnist:
				      service-name: mnist_saved_model_example
				""");
		fails(output, "spring.config.location=" + file.toUri())
			.says("eas.discovery.interval must be between 5s and 10s, was 200ms");
		assertThat(output.toString()).containsPattern("Origin: .*application\\.yml.* - 4:15");
	}

	@Test
	void anUnreadableTokenFileIsExplained(CapturedOutput output) {
		Path file = this.directory.resolve("none");
		fails(output, MNIST + "token-file=" + file)
			.says(MNIST + "token-file must be a readable file that holds the token, was '" + file + "'")
			.advises("The file can't be used: java.nio.file.NoSuchFileException: " + file);
	}

	@Test
	void unwritableSnapshotDirectoryIsExplained(CapturedOutput output) {
		fails(output, "eas.discovery.snapshot.enabled=true", "eas.discovery.snapshot.directory=/proc/self/fd")
			.says("eas.discovery.snapshot.directory must be a directory that files can be written to, was "
					+ "'/proc/self/fd'")
			.comesFrom("\"eas.discovery.snapshot.directory\" from property source \"commandLineArgs\"");
		assertThat(output).contains("The directory can't be used: java.nio.file.").contains(": /proc/self/fd/trial-");
	}

	@Test
	void anEmptyTokenFileIsExplained(CapturedOutput output) throws IOException {
		Path file = Files.writeString(this.directory.resolve("empty"), " \n");
		fails(output, MNIST + "token-file=" + file)
			.says(MNIST + "token-file must be a readable file that holds the token, was '" + file + "'")
			.advises("The file can't be used: it is empty");
	}

	@Test
	void tokenFileWithMoreThanATokenIsExplainedWithoutItsContent(CapturedOutput output) throws IOException {
		Path file = Files.writeString(this.directory.resolve("two"), "hidden\nvalue\n");
		fails(output, MNIST + "token-file=" + file)
			.says(MNIST + "token-file must be a readable file that holds the token, was '" + file + "'")
			.advises("The file can't be used: it has characters other than visible ASCII, such as U+000A");
		assertThat(output).doesNotContain("hidden");
	}

	@ParameterizedTest
	@MethodSource("unconvertible")
	void valueThatCannotBeConvertedIsReportedWithAllowedValues(String key, String value, List<String> allowed,
			CapturedOutput output) {
		fails(output, MNIST + key + "=" + value);
		assertThat(output).contains("Property: " + MNIST + key)
			.contains("Value: \"" + value + "\"")
			.contains("Origin: \"" + MNIST + key + "\" from property source \"commandLineArgs\"");
		assertThat(output.toString()).contains(allowed);
	}

	static Stream<Arguments> unconvertible() {
		return Stream.of(Arguments.of("discovery.interval", "abc", List.of("'abc' is not a valid duration")),
				Arguments.of("http.max-in-memory-size", "much", List.of("to org.springframework.util.unit.DataSize")),
				Arguments.of("retry.max-attempts", "three", List.of("For input string: \"three\"")),
				Arguments.of("retry.budget.min-per-second", "0.5", List.of("For input string: \"0.5\"")),
				Arguments.of("mode", "proxy", List.of("DIRECT", "GATEWAY", "STATIC")),
				Arguments.of("gateway-fallback", "perhaps", List.of("Invalid boolean value 'perhaps'")),
				Arguments.of("auth.scheme", "basic", List.of("SIGNATURE", "TOKEN", "BEARER", "NONE")),
				Arguments.of("discovery.startup", "eager", List.of("WAIT", "LAZY", "FAIL_FAST")),
				Arguments.of("load-balancer.algorithm", "by-guess",
						List.of("WEIGHTED_ROUND_ROBIN", "LEAST_REQUEST", "CONSISTENT_HASH")),
				Arguments.of("probe.tcp-socket", "8501", List.of("'8501' is neither true nor false")), Arguments
					.of("retry.on", "everything", List.of("CONNECT", "RESET", "REFUSED_BY_STATUS", "READ_TIMEOUT")));
	}

	@Test
	void sharedValueThatCannotBeConvertedIsReportedUnderItsSharedName(CapturedOutput output) {
		fails(output, "eas.discovery.interval=abc");
		assertThat(output).contains("Property: eas.discovery.interval")
			.contains("Value: \"abc\"")
			.contains("Origin: \"eas.discovery.interval\" from property source \"commandLineArgs\"");
	}

	@Test
	void failureOfOneServiceReleasesTheOthers(CapturedOutput output) {
		fails(output, "eas.services.a.service-name=a", MNIST + "mode=static")
			.says(MNIST + "instances must list at least one instance in mode static, was empty");
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("eas-discovery") || name.startsWith("eas-timer"));
	}

	private static Report fails(CapturedOutput output, String... properties) {
		List<String> all = new ArrayList<>(List.of("eas.discovery.startup=lazy", MNIST + "service-name=mnist"));
		if (Arrays.stream(properties)
			.noneMatch((property) -> property.matches("(spring.config|eas.endpoint|eas.uid).*"))) {
			all.add("eas.endpoint=127.0.0.1:1");
		}
		all.addAll(List.of(properties));
		assertThatException().isThrownBy(() -> Applications.start(all.toArray(String[]::new)).close());
		assertThat(output).contains("APPLICATION FAILED TO START");
		return new Report(output.toString());
	}

	private record Report(String text) {

		Report says(String description) {
			assertThat(paragraph("Description:")).isEqualTo(description);
			return this;
		}

		Report comesFrom(String origin) {
			assertThat(this.text).contains("    Origin: " + origin + System.lineSeparator());
			return this;
		}

		Report advises(String action) {
			assertThat(paragraph("Action:")).isEqualTo(action);
			return this;
		}

		private String paragraph(String title) {
			List<String> lines = this.text.lines().toList();
			assertThat(lines).contains(title);
			return lines.get(lines.indexOf(title) + 2);
		}

	}

}
