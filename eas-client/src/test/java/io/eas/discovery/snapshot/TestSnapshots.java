package io.eas.discovery.snapshot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32C;

import io.eas.discovery.AllowedNetworks;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;

/**
 * Snapshots for tests.
 */
final class TestSnapshots {

	static final SnapshotKey KEY = new SnapshotKey("http://127.0.0.1:8500", "mnist");

	static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

	static final AllowedNetworks ANYWHERE = AllowedNetworks.of(List.of());

	/** The largest answer of discovery. */
	static final int LIMIT = 4096;

	private TestSnapshots() {
	}

	/** A snapshot of instances with these weights. */
	static Snapshot of(int... weights) {
		return at(TIME, weights);
	}

	static Snapshot at(Instant lastSuccess, int... weights) {
		return new Snapshot(TestInstances.list(weights), lastSuccess);
	}

	static Snapshot of(List<EasInstance> instances, Instant lastSuccess) {
		return new Snapshot(new InstanceList(instances, lastSuccess, Source.DISCOVERY), lastSuccess);
	}

	/** The file of a service in a directory. */
	static SnapshotFile file(Path directory, String service) throws IOException {
		return SnapshotFile.open(directory, KEY.endpoint(), service, ANYWHERE, LIMIT);
	}

	/** What stands in a file. */
	static List<Integer> weights(SnapshotFile file) throws IOException {
		return file.read().list().instances().stream().map(EasInstance::weight).toList();
	}

	/**
	 * A document with the right checksum.
	 * @param members its other members, as JSON without blanks
	 */
	static String sealed(String members) {
		CRC32C checksum = new CRC32C();
		checksum.update(("{" + members + "}").getBytes(StandardCharsets.UTF_8));
		return "{%s,\"crc32c\":\"%08x\"}".formatted(members, checksum.getValue());
	}

	/** The members of a document with these items. */
	static String members(String items) {
		return "\"version\":1,\"endpoint\":\"http://127.0.0.1:8500\",\"service\":\"mnist\","
				+ "\"lastSuccess\":\"2026-01-01T00:00:00Z\",\"items\":[" + items + "]";
	}

	/** A good item. */
	static String item(String ip) {
		return "{\"ip\":\"" + ip + "\",\"port\":8501,\"weight\":100}";
	}

}
