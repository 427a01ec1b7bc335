package io.eas.readme;

import io.eas.metrics.DefaultEasClientObservationConvention;
import io.eas.metrics.EasClientObservationContext;
import io.eas.metrics.EasClientObservationConvention;
import io.micrometer.common.KeyValues;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A convention of the application's own, as the README shows it.
 */
@Configuration(proxyBeanMethods = false)
class ObservationExample {

	@Bean
	EasClientObservationConvention callsWithTheirRegion() {
		return new DefaultEasClientObservationConvention() {

			@Override
			public KeyValues getLowCardinalityKeyValues(EasClientObservationContext context) {
				return super.getLowCardinalityKeyValues(context).and("region", "cn-hangzhou");
			}

		};
	}

}
