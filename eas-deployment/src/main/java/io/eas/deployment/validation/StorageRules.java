package io.eas.deployment.validation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Placeholder;
import io.eas.deployment.finding.Quoted;
import tools.jackson.databind.JsonNode;

/**
 * Rules about {@code storage}, which is mounted into every container.
 */
final class StorageRules {

	static final List<Rule> ALL = List.of(StorageRules::absolute, StorageRules::conflict, StorageRules::oss,
			StorageRules::complete);

	// bucket, or bucket.endpoint, as the vendor's SDK writes it
	private static final Pattern OSS = Pattern.compile("oss://[^/\\s]+(/.*)?");

	private static final Pattern ABSOLUTE = Pattern.compile("/+[^/].*", Pattern.DOTALL);

	/** The parts of a URL that are hidden: a user, and the query, such as a signature. */
	private static final Pattern SECRET = Pattern.compile("(//|^)[^/@]*(@)|(\\?).*$");

	private static final Pattern SCHEME = Pattern.compile("^(oss:*/+|[A-Za-z][A-Za-z0-9+.-]*:/*|/+)");

	private StorageRules() {
	}

	static Stream<Finding> absolute(ValidationContext service) {
		return texts(service, "mount_path").filter((text) -> !ABSOLUTE.matcher(text.value()).matches())
			// the message would show the secret
			.filter((text) -> !SecretDetector.isLikely("", text.value()))
			.map((text) -> service.finding(FindingCode.MOUNT_PATH, text.path(),
					"should be the absolute path of a directory, was "
							+ (text.value().matches("/+") ? "the root" : Quoted.text(text.value())),
					text.value().matches("/*") ? "Write a path such as \"/models\"."
							: "Write " + Quoted.text("/" + text.value().replaceFirst("^\\./", "")) + "."));
	}

	static Stream<Finding> conflict(ValidationContext service) {
		Map<String, String> first = new HashMap<>();
		return texts(service, "mount_path").flatMap((text) -> {
			String directory = text.value().replaceAll("/+$", "");
			String other = first.putIfAbsent(directory, text.path());
			return (other != null) ? Stream.of(service.finding(FindingCode.MOUNT_CONFLICT, text.path(),
					"must not be that of another storage, was " + Quoted.text(text.value()) + " as " + other,
					"Mount the two in different directories.")) : Stream.empty();
		});
	}

	static Stream<Finding> oss(ValidationContext service) {
		return texts(service, "oss", "path").filter((text) -> !OSS.matcher(text.value()).matches()).map((text) -> {
			String shown = SECRET.matcher(text.value()).replaceAll("$1…$2");
			return service.finding(FindingCode.OSS_PATH, text.path(),
					"must be oss://, a bucket and a path, was " + Quoted.text(shown),
					"Write " + Quoted.text("oss://" + SCHEME.matcher(shown).replaceFirst("")) + ".");
		});
	}

	static Stream<Finding> complete(ValidationContext service) {
		return Stream
			.of(missing(service, "", "mount_path", "/models"),
					missing(service, "oss", "path", "oss://my-bucket/models/"),
					missing(service, "nfs", "server", "….nas.aliyuncs.com"))
			.flatMap((findings) -> findings);
	}

	private static Stream<Finding> missing(ValidationContext service, String source, String key, String example) {
		JsonNode storages = service.other("storage");
		return IntStream.range(0, storages.isArray() ? storages.size() : 0).boxed().flatMap((i) -> {
			JsonNode object = source.isEmpty() ? storages.get(i) : storages.get(i).path(source);
			String path = Quoted.path("storage[" + i + "]" + (source.isEmpty() ? "" : "." + source), key);
			return (object.isObject() && !object.has(key)) ? Stream.of(service.finding(FindingCode.MISSING_KEY, path,
					"is missing", "Write \"" + key + "\": \"" + example + "\".")) : Stream.empty();
		});
	}

	private static Stream<LocatedText> texts(ValidationContext service, String... keys) {
		JsonNode storages = service.other("storage");
		return IntStream.range(0, storages.isArray() ? storages.size() : 0).boxed().flatMap((i) -> {
			JsonNode value = storages.get(i);
			for (String key : keys) {
				value = value.path(key);
			}
			return (value.isString() && !Placeholder.isIn(value.stringValue()))
					? Stream.of(new LocatedText("storage[" + i + "]." + String.join(".", keys), value.stringValue()))
					: Stream.empty();
		});
	}

	private record LocatedText(String path, String value) {
	}

}
