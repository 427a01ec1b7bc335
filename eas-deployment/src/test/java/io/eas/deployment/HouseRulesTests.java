package io.eas.deployment;

import io.eas.test.HouseRules;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the house, in this module.
 */
class HouseRulesTests {

	@Test
	void areKept() {
		assertThat(HouseRules.check("io.eas.deployment")).isNotEmpty();
	}

}
