package io.eas.discovery.snapshot;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No two services share a file.
 */
class SnapshotKeyTests {

	private static final String ENDPOINT = "http://1234567890.vpc.cn-hangzhou.pai-eas.aliyuncs.com";

	@Test
	void fileNameContainsTheServiceAndADigest() {
		assertThat(name("mnist_saved_model_example")).isEqualTo("mnist_saved_model_example-025510b7d4c7dce5.json");
	}

	@Test
	void invalidCharactersAreReplacedByUnderscores() {
		assertThat(name("group/mnist.v2")).startsWith("group_mnist_v2-");
		assertThat(name("../../etc/passwd")).startsWith("______etc_passwd-");
		assertThat(name("mnist%2F")).startsWith("mnist_2F-");
	}

	@Test
	void similarServicesHaveDifferentFiles() {
		assertThat(name("a/b")).isNotEqualTo(name("a_b")).isNotEqualTo(name("a.b"));
		assertThat(name("Mnist")).isNotEqualToIgnoringCase(name("mnist"));
		assertThat(name("m".repeat(200))).isNotEqualTo(name("m".repeat(201))).hasSizeLessThan(100);
	}

	@Test
	void sameServiceAtAnotherEndpointHasADifferentFile() {
		assertThat(new SnapshotKey("http://127.0.0.1:80", "mnist").fileName())
			.isNotEqualTo(new SnapshotKey("http://127.0.0.1:81", "mnist").fileName());
	}

	@Property(tries = 300)
	void everyFileNameIsASingleSafePathElement(@ForAll String endpoint, @ForAll String service) {
		assertThat(new SnapshotKey(endpoint, service).fileName()).matches("[A-Za-z0-9_-]{0,60}-[0-9a-f]{16}\\.json");
	}

	private static String name(String service) {
		return new SnapshotKey(ENDPOINT, service).fileName();
	}

}
