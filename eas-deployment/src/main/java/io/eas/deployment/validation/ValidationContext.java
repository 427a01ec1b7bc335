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
 * The service that is validated, with queries for the rules.
 *
 * @param reading the result of the reader
 * @param startTime how long an instance needs to start
 */
record ValidationContext(ParseResult reading, Duration startTime) {

	Metadata metadata() {
		return this.reading.descriptor().metadata();
	}

	/**
	 * Returns whether a process gets SIGTERM before it is killed.
	 * @return {@code false} by default
	 */
	boolean getsSigterm() {
		Rpc rpc = metadata().rpc();
		return rpc != null && Boolean.TRUE.equals(rpc.enableSigterm());
	}

	/**
	 * Returns a value of the root object that isn't part of the model.
	 * @param key the key
	 * @return the value; a missing node if there is none
	 */
	JsonNode other(String key) {
		JsonNode value = this.reading.descriptor().other().values().get(key);
		return (value != null) ? value : MissingNode.getInstance();
	}

	/**
	 * Returns the containers with their paths.
	 * @return the containers in order
	 */
	List<LocatedContainer> containers() {
		return IntStream.range(0, this.reading.descriptor().containers().size())
			.mapToObj(
					(i) -> new LocatedContainer("containers[" + i + "]", this.reading.descriptor().containers().get(i)))
			.toList();
	}

	/**
	 * Returns the checks of all containers.
	 * @return the checks in order
	 */
	Stream<LocatedCheck> checks() {
		return containers().stream().flatMap(LocatedContainer::checks);
	}

	/**
	 * Returns whether a value is written in the file or only assumed.
	 * @param path the value's path
	 * @return {@code true} if the value is written in the file
	 */
	boolean written(String path) {
		return this.reading.positions().containsKey(path);
	}

	/**
	 * Returns whether the reader has already reported that a value can't be read or is a
	 * placeholder.
	 * @param path the value's path
	 * @return {@code true} if there is such a finding
	 */
	boolean wrong(String path) {
		return this.reading.findings()
			.stream()
			.anyMatch((finding) -> finding.path().equals(path)
					&& (finding.severity() == Severity.ERROR || finding.code() == FindingCode.PLACEHOLDER));
	}

	/**
	 * Creates a finding at a value, or at the object that should contain it.
	 * @param code the rule
	 * @param path the path in the JSON
	 * @param message what is wrong
	 * @param remedy what to write instead, as a sentence
	 * @return the finding with its position in the file
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
