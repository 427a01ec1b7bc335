package io.eas.deployment.validation;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Position;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.Rpc;
import io.eas.deployment.reader.ParseResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The service that is validated, and what the rules ask about it.
 *
 * @param reading what was read
 * @param startTime how long an instance needs to start
 */
record ValidationContext(ParseResult reading, Duration startTime) {

	Metadata metadata() {
		return this.reading.descriptor().metadata();
	}

	/**
	 * Whether a process gets SIGTERM before it is killed.
	 * @return {@code false} where nothing is said
	 */
	boolean getsSigterm() {
		Rpc rpc = metadata().rpc();
		return rpc != null && Boolean.TRUE.equals(rpc.enableSigterm());
	}

	/**
	 * A value of the outermost object that the model has no name for.
	 * @param key its key
	 * @return a missing node where there is none
	 */
	JsonNode other(String key) {
		JsonNode value = this.reading.descriptor().other().values().get(key);
		return (value != null) ? value : MissingNode.getInstance();
	}

	/**
	 * The containers with their paths.
	 * @return in order
	 */
	List<LocatedContainer> containers() {
		return IntStream.range(0, this.reading.descriptor().containers().size())
			.mapToObj(
					(i) -> new LocatedContainer("containers[" + i + "]", this.reading.descriptor().containers().get(i)))
			.toList();
	}

	/**
	 * The checks of all containers.
	 * @return in order
	 */
	Stream<LocatedCheck> checks() {
		return containers().stream().flatMap(LocatedContainer::checks);
	}

	/**
	 * Whether a value stands in the file, or was only assumed.
	 * @param path the value's path
	 * @return {@code true} if it stands there
	 */
	boolean written(String path) {
		return this.reading.positions().containsKey(path);
	}

	/**
	 * Whether the reader has already said that a value can't be read, or is still to be
	 * written.
	 * @param path the value's path
	 * @return {@code true} if it has
	 */
	boolean wrong(String path) {
		return this.reading.findings()
			.stream()
			.anyMatch((finding) -> finding.path().equals(path)
					&& (finding.severity() == Severity.ERROR || finding.code() == FindingCode.PLACEHOLDER));
	}

	/**
	 * A finding at a value, or at what should hold it.
	 * @param code the rule
	 * @param path where in the JSON
	 * @param message what is wrong
	 * @param remedy what to write instead, as a sentence
	 * @return the finding, with its place in the file
	 */
	Finding finding(FindingCode code, String path, String message, String remedy) {
		return new Finding(code, path, position(path), message, remedy);
	}

	private @Nullable Position position(String path) {
		String place = path;
		while (!written(place) && !place.isEmpty()) {
			place = place.substring(0, Math.max(0, Math.max(place.lastIndexOf('.'), place.lastIndexOf('['))));
		}
		return this.reading.positions().get(place);
	}

}
