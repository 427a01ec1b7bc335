package io.eas.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeAnswerTests {

	@ParameterizedTest
	@EnumSource
	void successIsNoProblem(Probe probe) {
		assertThat(new ProbeAnswer(probe, 200).problem()).isNull();
		assertThat(new ProbeAnswer(probe, 204).problem()).isNull();
	}

	@Test
	void unreadinessIsNoProblemButMissingLivenessIs() {
		assertThat(new ProbeAnswer(Probe.READINESS, 503).problem()).isNull();
		assertThat(new ProbeAnswer(Probe.LIVENESS, 503).problem()).isEqualTo(ProbeProblem.FAILS);
	}

	@ParameterizedTest
	@CsvSource({ "401, NEEDS_LOGIN", "403, NEEDS_LOGIN", "301, NEEDS_LOGIN", "302, NEEDS_LOGIN", "307, NEEDS_LOGIN",
			"404, NOT_THERE", "400, FAILS", "405, FAILS", "500, FAILS", "502, FAILS" })
	void everyOtherStatusIsAProblemOfEitherProbe(int status, ProbeProblem problem) {
		assertThat(new ProbeAnswer(Probe.LIVENESS, status).problem()).isEqualTo(problem);
		assertThat(new ProbeAnswer(Probe.READINESS, status).problem()).isEqualTo(problem);
	}

}
