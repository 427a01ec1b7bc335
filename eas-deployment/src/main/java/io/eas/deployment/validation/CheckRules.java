package io.eas.deployment.validation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Quoted;
import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.ServiceDescriptor;

/**
 * Rules about the kinds and methods of checks.
 */
final class CheckRules {

	static final List<Rule> ALL = List.of(CheckRules::count, CheckRules::kinds, CheckRules::image,
			CheckRules::readiness, CheckRules::path, CheckRules::program);

	private static final int MOST = 3;

	private CheckRules() {
	}

	static Stream<Finding> count(ValidationContext service) {
		List<LocatedCheck> checks = service.checks().toList();
		return checks.stream()
			.skip(MOST)
			.limit(1)
			.map((fourth) -> service.finding(FindingCode.TOO_MANY_CHECKS, fourth.path(),
					"must be one of at most three checks of all containers, there are " + checks.size(),
					"Keep one of each kind."));
	}

	static Stream<Finding> kinds(ValidationContext service) {
		Map<CheckKind, String> first = new EnumMap<>(CheckKind.class);
		return service.checks().flatMap((check) -> {
			String other = first.putIfAbsent(check.kind(), check.path());
			return (other != null) ? Stream.of(service.finding(FindingCode.TWO_OF_A_KIND, check.path(),
					"must be the only " + check.kind().key() + ", there is also " + other, "Keep one of the two."))
					: Stream.empty();
		});
	}

	static Stream<Finding> image(ValidationContext service) {
		return service.containers()
			.stream()
			.filter((placed) -> !placed.container().checks().isEmpty() && placed.container().image() == null
					&& !service.wrong(placed.at("image")))
			.map((placed) -> service.finding(FindingCode.CHECKS_WITHOUT_IMAGE, placed.at("image"),
					"is missing, and EAS runs health checks for custom images only",
					"Write the image's address, or remove the checks."));
	}

	static Stream<Finding> readiness(ValidationContext service) {
		if (service.containers().isEmpty() || service.checks().anyMatch(CheckRules::isReadiness)) {
			return Stream.empty();
		}
		ServiceDescriptor descriptor = service.reading().descriptor();
		String otherwise = descriptor.defaultCheck(descriptor.containers().get(0))
			.map((check) -> "without any check EAS only looks whether port "
					+ ((CheckMethod.TcpSocket) check.method()).port() + " accepts connections (a TCP check, says the "
					+ "vendor's SDK for Python), so an instance that hangs keeps getting traffic")
			.orElse("without one, an instance that doesn't answer keeps getting traffic");
		return Stream.of(service.finding(FindingCode.NO_READINESS, "containers[0]",
				"should have a health_check; " + otherwise, "Add one that fails while the process can't serve."));
	}

	static Stream<Finding> path(ValidationContext service) {
		return service.checks()
			.flatMap((check) -> check.by(CheckMethod.HttpGet.class)
				.map(CheckMethod.HttpGet::path)
				.filter((path) -> !HttpPath.isPath(path) && !service.wrong(check.at("http_get.path")))
				.map((path) -> service.finding(FindingCode.CHECK_PATH, check.at("http_get.path"),
						"must start with one slash, as EAS puts http://localhost before it, and have no blank, was "
								+ Quoted.text(path),
						"Write " + Quoted.text(HttpPath.of(path)) + ".")));
	}

	static Stream<Finding> program(ValidationContext service) {
		return service.checks()
			.flatMap((check) -> check.by(CheckMethod.Exec.class)
				.flatMap((exec) -> exec.command().stream().limit(1))
				.filter((program) -> program.isBlank() || program.strip().contains(" "))
				.map((program) -> service.finding(FindingCode.EXEC_PROGRAM, check.at("exec.command[0]"),
						"must be a program alone, as it is run without a shell, was " + shown(program),
						"Write each argument as an element of its own, or [\"sh\", \"-c\", \"…\"].")));
	}

	/**
	 * Returns the program for a message. Of several words only the first one is shown,
	 * because the other words may be secrets.
	 */
	private static String shown(String program) {
		String[] words = program.strip().split("\\s+", 2);
		return Quoted.text((words.length > 1) ? words[0] + " …" : program);
	}

	private static boolean isReadiness(LocatedCheck check) {
		return check.kind() == CheckKind.READINESS;
	}

}
