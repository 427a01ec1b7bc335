package io.eas.protobuf;

import io.eas.test.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

	@Test
	void followsTheArchitectureRules() {
		HouseRules.check("io.eas.protobuf");
	}

}
