package io.eas.discovery.snapshot;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.CRC32C;

import io.eas.discovery.AllowedNetworks;
import io.eas.discovery.DiscoveryAnswer;
import io.eas.discovery.DiscoveryException;
import io.eas.discovery.InstanceItems;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file format of a snapshot. Thread-safe.
 *
 * <p>
 * The file contains a JSON object with these members: {@code version}; {@code endpoint};
 * {@code service}; {@code lastSuccess}, the time at which discovery last returned the
 * list; {@code items}, the instances in the form of the discovery API; {@code crc32c},
 * the checksum of the object without this member. Because of the checksum, a corrupted
 * digit can't send calls to a wrong address.
 */
final class SnapshotFormat {

	private static final int VERSION = 1;

	private static final String CHECKSUM = "crc32c";

	private final JsonMapper json = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

	private final SnapshotKey key;

	private final InstanceItems instanceItems;

	/**
	 * Creates the format of the snapshots of a service.
	 * @param key the identity of the service
	 * @param allowedNetworks the networks that instances may be in when they are read
	 */
	SnapshotFormat(SnapshotKey key, AllowedNetworks allowedNetworks) {
		this.key = key;
		this.instanceItems = new InstanceItems(allowedNetworks);
	}

	/**
	 * Encodes a snapshot.
	 * @param snapshot the snapshot
	 * @return the bytes
	 */
	byte[] write(Snapshot snapshot) {
		ObjectNode document = this.json.createObjectNode()
			.put("version", VERSION)
			.put("endpoint", this.key.endpoint())
			.put("service", this.key.service())
			.put("lastSuccess", snapshot.lastSuccess().toString());
		ArrayNode items = document.putArray("items");
		snapshot.list()
			.instances()
			.forEach((instance) -> items.addObject()
				.put("ip", instance.host())
				.put("port", instance.port())
				.put("weight", instance.weight()));
		return this.json.writeValueAsBytes(document.put(CHECKSUM, checksum(document)));
	}

	/**
	 * Decodes a snapshot, and validates the instances like those of a discovery response.
	 * @param bytes the untrusted bytes
	 * @return the snapshot
	 * @throws SnapshotException if the snapshot can't be used
	 */
	Snapshot read(byte[] bytes) {
		if (!(parse(bytes) instanceof ObjectNode document)) {
			throw new SnapshotException("it is not a JSON object");
		}
		if (!document.path("version").isInt() || document.path("version").intValue() != VERSION) {
			throw new SnapshotException("its version is not " + VERSION + ", which is the only supported one");
		}
		JsonNode checksum = document.remove(CHECKSUM);
		if (checksum == null || !checksum.asString("").equals(checksum(document))) {
			throw new SnapshotException("it is damaged: its checksum is wrong");
		}
		if (!this.key.equals(new SnapshotKey(text(document, "endpoint"), text(document, "service")))) {
			throw new SnapshotException("it belongs to another endpoint or service");
		}
		return snapshot(document);
	}

	private JsonNode parse(byte[] bytes) {
		try {
			return this.json.readTree(bytes);
		}
		catch (JacksonException ex) {
			throw new SnapshotException("it is damaged: it is not JSON");
		}
	}

	private Snapshot snapshot(ObjectNode document) {
		try {
			Instant lastSuccess = Instant.parse(text(document, "lastSuccess"));
			DiscoveryAnswer answer = this.instanceItems.read(document.path("items"));
			return new Snapshot(new InstanceList(answer.instances(), lastSuccess, Source.SNAPSHOT), lastSuccess,
					answer.rejected());
		}
		catch (DateTimeException ex) {
			throw new SnapshotException("its lastSuccess is not a time");
		}
		catch (DiscoveryException ex) {
			throw new SnapshotException(String.valueOf(ex.getMessage()));
		}
	}

	private static String text(ObjectNode document, String name) {
		return document.path(name).asString("");
	}

	/**
	 * Returns the checksum of an object, which depends on the members and their order.
	 */
	private String checksum(ObjectNode document) {
		CRC32C checksum = new CRC32C();
		checksum.update(this.json.writeValueAsString(document).getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().toHexDigits((int) checksum.getValue());
	}

}
