package io.eas.metrics;

import io.eas.instance.EasInstance;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Key values and headers of one call.
 */
class EasClientObservationContextTests {

	private final EasClientObservationContext context = new EasClientObservationContext("echo", "POST", false);

	private final EasClientObservationConvention convention = new DefaultEasClientObservationConvention();

	@Test
	void keyValuesOfTheEndReplaceThoseOfTheStart() {
		this.context.addLowCardinalityKeyValues(this.convention.getLowCardinalityKeyValues(this.context));
		assertThat(text()).isEqualTo("attempts=0 eas.service=echo method=POST outcome=UNKNOWN status=none");
		end(200, 2);
		this.context.addLowCardinalityKeyValues(this.convention.getLowCardinalityKeyValues(this.context));
		assertThat(text()).isEqualTo("attempts=2 eas.service=echo method=POST outcome=SUCCESS status=200");
	}

	@Test
	void keyValuesAddedByOthersAreKept() {
		this.context.addLowCardinalityKeyValues(KeyValues.of("b", "1", "c", "1"));
		this.context.addLowCardinalityKeyValue(KeyValue.of("a", "1"));
		this.context.addLowCardinalityKeyValues(KeyValues.of("b", "2", "c", "2"));
		assertThat(text()).isEqualTo("a=1 b=2 c=2");
		assertThat(this.context.getLowCardinalityKeyValue("b")).isEqualTo(KeyValue.of("b", "2"));
		this.context.removeLowCardinalityKeyValues("b", "a");
		assertThat(text()).isEqualTo("c=2");
		assertThat(this.context.getLowCardinalityKeyValue("b")).isNull();
		assertThat(this.context.getAllKeyValues()).containsExactly(KeyValue.of("c", "2"));
	}

	@Test
	void keyValuesOfACombinationAreCreatedOnce() {
		end(503, 3);
		assertThat(this.convention.getLowCardinalityKeyValues(this.context))
			.isSameAs(this.convention.getLowCardinalityKeyValues(this.context));
	}

	@Test
	void documentationNamesTheKeysOfTheConvention() {
		EasClientObservationDocumentation documented = EasClientObservationDocumentation.CLIENT_REQUESTS;
		assertThat(documented.getDefaultConvention()).isEqualTo(this.convention.getClass());
		assertThat(documented.getLowCardinalityKeyNames()).extracting(KeyName::asString)
			.containsExactlyElementsOf(
					this.convention.getLowCardinalityKeyValues(this.context).stream().map(KeyValue::getKey).toList());
		assertThat(documented.getHighCardinalityKeyNames()).noneMatch(KeyName::isRequired)
			.extracting(KeyName::asString)
			.containsExactly("eas.instance", "eas.pick.reason", "eas.request.id");
	}

	@Test
	void headersAreCreatedOnFirstAccess() {
		assertThat(this.context.added()).isNull();
		this.context.getCarrier().set("traceparent", "00");
		assertThat(this.context.added().getFirst("traceparent")).isEqualTo("00");
	}

	private void end(int status, int attempts) {
		this.context.setResponse(EasCallResult.answered(status, new EasInstance("10.0.0.1", 8000, 1), attempts));
	}

	private String text() {
		return String.join(" ",
				this.context.getLowCardinalityKeyValues()
					.stream()
					.map((value) -> value.getKey() + "=" + value.getValue())
					.toList());
	}

}
