package io.eas.discovery.snapshot;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.eas.discovery.AllowedNetworks;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList.Source;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What stands in a snapshot, and what is made of one that has something else in it.
 */
class SnapshotFormatTests {

	/** What version 1 is: a later one has to read it, or say another version. */
	private static final String GOLDEN = "{\"version\":1,\"endpoint\":\"http://127.0.0.1:8500\",\"service\":\"mnist\","
			+ "\"lastSuccess\":\"2026-01-01T00:00:00Z\",\"items\":[{\"ip\":\"10.0.0.0\",\"port\":8501,\"weight\":100},"
			+ "{\"ip\":\"10.0.0.1\",\"port\":8501,\"weight\":0}],\"crc32c\":\"638a241e\"}";

	private final SnapshotFormat format = format(TestSnapshots.KEY);

	@Test
	void snapshotIsWrittenAsVersionOne() {
		assertThat(new String(this.format.write(TestSnapshots.of(100, 0)), StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
	}

	@Test
	void versionOneIsRead() {
		Snapshot snapshot = read(GOLDEN);
		assertThat(snapshot.list().instances()).hasToString("[10.0.0.0:8501;100, 10.0.0.1:8501;0]");
		assertThat(snapshot.list().source()).isEqualTo(Source.SNAPSHOT);
		assertThat(snapshot.list().fetchedAt()).isEqualTo(TestSnapshots.TIME);
		assertThat(snapshot.lastSuccess()).isEqualTo(TestSnapshots.TIME);
		assertThat(snapshot.rejected()).isEmpty();
	}

	@Property(tries = 300)
	void snapshotIsReadAsItWasWritten(@ForAll("lists") Set<EasInstance> instances, @ForAll Instant lastSuccess) {
		Snapshot written = TestSnapshots.of(List.copyOf(instances), lastSuccess);
		Snapshot read = this.format.read(this.format.write(written));
		assertThat(read.list().holds(written.list().instances())).isTrue();
		assertThat(read.lastSuccess()).isEqualTo(lastSuccess);
		assertThat(read.rejected()).isEmpty();
	}

	@Provide
	Arbitrary<Set<EasInstance>> lists() {
		Arbitrary<String> ipv4 = Arbitraries.integers()
			.between(0, 0xFFFFFF)
			.map((low) -> "10." + (low >> 16) + "." + (low >> 8 & 255) + "." + (low & 255));
		Arbitrary<String> ipv6 = Arbitraries.integers()
			.between(0, 0xFFFF)
			.map((low) -> "2001:db8:0:0:0:0:0:" + Integer.toHexString(low));
		return Combinators
			.combine(Arbitraries.oneOf(ipv4, ipv6), Arbitraries.integers().between(1, 65535),
					Arbitraries.integers().between(0, Integer.MAX_VALUE))
			.as(EasInstance::new)
			.set()
			.ofMinSize(1)
			.ofMaxSize(50);
	}

	@Test
	void truncatedSnapshotIsRejected() {
		byte[] whole = GOLDEN.getBytes(StandardCharsets.UTF_8);
		for (int length = 0; length < whole.length; length++) {
			byte[] rest = Arrays.copyOf(whole, length);
			assertThatExceptionOfType(SnapshotException.class).as("the first %s bytes", length)
				.isThrownBy(() -> this.format.read(rest));
		}
	}

	@Test
	void snapshotWithAChangedByteIsRejected() {
		byte[] bytes = GOLDEN.getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < bytes.length; i++) {
			for (int bit = 0; bit < Byte.SIZE; bit++) {
				byte[] changed = bytes.clone();
				changed[i] ^= (byte) (1 << bit);
				assertThatExceptionOfType(SnapshotException.class)
					.as("%s", new String(changed, StandardCharsets.ISO_8859_1))
					.isThrownBy(() -> this.format.read(changed));
			}
		}
	}

	@Property(tries = 300)
	void arbitraryBytesAreRejected(@ForAll byte[] bytes) {
		assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> this.format.read(bytes));
	}

	@ParameterizedTest
	@MethodSource("damages")
	void rejectionContainsTheReason(String document, String reason) {
		assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> read(document)).withMessage(reason);
	}

	static Stream<Arguments> damages() {
		String members = TestSnapshots.members(TestSnapshots.item("10.0.0.1"));
		String good = TestSnapshots.sealed(members);
		String version = "its version is not 1, which is the only supported one";
		String other = "it belongs to another endpoint or service";
		String checksum = "it is damaged: its checksum is wrong";
		String noJson = "it is damaged: it is not JSON";
		String noObject = "it is not a JSON object";
		return Stream.of(Arguments.of("", noObject), Arguments.of(" ", noObject), Arguments.of("null", noObject),
				Arguments.of("[]", noObject), Arguments.of("1", noObject), Arguments.of("\0", noJson),
				Arguments.of("<html>", noJson), Arguments.of(good + "{", noJson), Arguments.of(good + good, noJson),
				Arguments.of(good.replace("{\"version", "{\"version\":1,\"version"), noJson),
				Arguments.of("[".repeat(100_000), noJson), Arguments.of("{}", version),
				Arguments.of(TestSnapshots.sealed(members.replace("\"version\":1", "\"version\":2")), version),
				Arguments.of(TestSnapshots.sealed(members.replace("\"version\":1", "\"version\":0")), version),
				Arguments.of(TestSnapshots.sealed(members.replace("\"version\":1", "\"version\":\"1\"")), version),
				Arguments.of(TestSnapshots.sealed(members.replace("\"version\":1", "\"version\":1.0")), version),
				Arguments.of(TestSnapshots.sealed(members.replace("\"version\":1", "\"version\":4294967297")), version),
				Arguments.of("{" + members + "}", checksum),
				Arguments.of("{" + members + ",\"crc32c\":null}", checksum),
				Arguments.of("{" + members + ",\"crc32c\":{}}", checksum),
				Arguments.of(good.replace("10.0.0.1", "10.0.0.7"), checksum),
				Arguments.of(good.replace(",\"crc32c", ",\"more\":1,\"crc32c"), checksum),
				Arguments.of(TestSnapshots.sealed(members.replace("8500", "8501")), other),
				Arguments.of(TestSnapshots.sealed(members.replace("mnist", "llm")), other),
				Arguments.of(TestSnapshots.sealed(members.replace("\"mnist\"", "{\"a\":\"mnist\"}")), other),
				Arguments.of(TestSnapshots.sealed(members.replace("\"service\":\"mnist\",", "")), other),
				Arguments.of(TestSnapshots.sealed(members.replace("2026-01-01T", "yesterday")),
						"its lastSuccess is not a time"),
				Arguments.of(TestSnapshots.sealed(members.replace("\"2026-01-01T00:00:00Z\"", "0")),
						"its lastSuccess is not a time"),
				Arguments.of(TestSnapshots.sealed(TestSnapshots.members("")), "the list of instances is empty"),
				Arguments.of(TestSnapshots.sealed(members.replace("items", "item")), "the list of instances is empty"),
				Arguments.of(TestSnapshots.sealed(TestSnapshots.members("7")),
						"none of 1 instances can be used, the first: ip must be an IP address, was missing"));
	}

	@Test
	void instancesAreValidatedLikeThoseOfDiscovery() {
		Snapshot snapshot = read(TestSnapshots.sealed(TestSnapshots.members(TestSnapshots.item("10.0.0.1") + ","
				+ TestSnapshots.item("127.0.0.1") + "," + TestSnapshots.item("10.0.0.1") + ","
				+ TestSnapshots.item("example.com") + "," + TestSnapshots.item("10.0.0.2").replace("8501", "65536")
				+ "," + TestSnapshots.item("10.0.0.3").replace("100", "-1"))));
		assertThat(snapshot.list().instances()).hasToString("[10.0.0.1:8501;100]");
		assertThat(snapshot.rejected()).hasSize(5)
			.anyMatch((reason) -> reason.contains("127.0.0.1 is in none of discovery.allowed-networks"))
			.anyMatch((reason) -> reason.contains("is listed twice"))
			.anyMatch((reason) -> reason.contains("ip must be an IP address"))
			.anyMatch((reason) -> reason.contains("port must be"))
			.anyMatch((reason) -> reason.contains("weight must be"));
	}

	@Test
	void snapshotOfAnotherServiceOrEndpointIsRejected() {
		SnapshotKey key = TestSnapshots.KEY;
		byte[] written = this.format.write(TestSnapshots.of(1));
		for (SnapshotKey other : List.of(new SnapshotKey(key.endpoint(), "other"),
				new SnapshotKey("http://127.0.0.1:8501", key.service()),
				new SnapshotKey(key.service(), key.endpoint()))) {
			assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> format(other).read(written))
				.withMessage("it belongs to another endpoint or service");
		}
	}

	private static SnapshotFormat format(SnapshotKey key) {
		return new SnapshotFormat(key, AllowedNetworks.of(List.of()));
	}

	private Snapshot read(String document) {
		return this.format.read(document.getBytes(StandardCharsets.UTF_8));
	}

}
