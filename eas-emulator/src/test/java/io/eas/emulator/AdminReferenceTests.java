package io.eas.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eas.emulator.admin.AdminRoute;
import io.eas.emulator.discovery.DiscoveryFault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the reference says of the admin interface is what the code does.
 */
class AdminReferenceTests {

	private static final Pattern NAME = Pattern.compile("`([a-z]+(\\?[a-z]+=)?)`");

	private static final Pattern CALL = Pattern
		.compile("^curl (?:-X (\\S+) +-H X-Eas-Admin:1 )?http://127.0.0.1:8501(\\S+).*");

	@Test
	void everyFaultOfAnInstanceIsListed() throws IOException {
		assertThat(listed("Instances: ", "Discovery: ")).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(InstanceFault.values()).map((fault) -> shown(fault.path(), fault.parameter())).toList());
	}

	@Test
	void everyFaultOfDiscoveryIsListed() throws IOException {
		assertThat(listed("Discovery: ", ". From")).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(DiscoveryFault.values()).map((fault) -> shown(fault.path(), fault.parameter())).toList());
	}

	@Test
	void everyCallHasARoute() throws IOException {
		List<String> calls = section().filter((line) -> CALL.matcher(line).matches()).toList();
		assertThat(calls).hasSizeGreaterThan(5);
		try (EasEmulator eas = EasEmulator.builder().build()) {
			List<AdminRoute> routes = new AdminActions(eas).routes();
			assertThat(calls).allSatisfy((call) -> assertThat(routes).anyMatch((route) -> fits(route, call)));
		}
	}

	private static boolean fits(AdminRoute route, String call) {
		MatchResult parts = CALL.matcher(call).results().findFirst().orElseThrow();
		String method = (parts.group(1) != null) ? parts.group(1) : "GET";
		String path = route.template().replaceAll("\\{[a-z]+}", "[^/]+").replace("?", "\\?") + "\\S*";
		return route.method().name().equals(method) && parts.group(2).matches(path);
	}

	private static String shown(String path, @Nullable String parameter) {
		return (parameter != null) ? path + "?" + parameter + "=" : path;
	}

	private static List<String> listed(String from, String to) throws IOException {
		String text = String.join(" ", section().toList());
		int start = text.indexOf(from);
		return NAME.matcher(text.substring(start, text.indexOf(to, start)))
			.results()
			.map((name) -> name.group(1))
			.toList();
	}

	private static Stream<String> section() throws IOException {
		return Files.readAllLines(Path.of("..", "docs", "reference", "admin-api.md"))
			.stream()
			.dropWhile((line) -> !line.equals("## Faults, scaling and updates"))
			.skip(1)
			.takeWhile((line) -> !line.startsWith("#"));
	}

}
