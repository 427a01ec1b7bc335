package io.eas.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of the client, and their keys. */
public enum EasClientObservationDocumentation implements ObservationDocumentation {

	/** A call to a service, with all its attempts. */
	CLIENT_REQUESTS {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultEasClientObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

	};

	/** Keys with few distinct values, which become tags of meters. */
	public enum LowCardinalityKeyNames implements KeyName {

		/** The number of attempts; 0 if there was no instance for the call. */
		ATTEMPTS("attempts"),

		/** The alias of the service. */
		SERVICE("eas.service"),

		/** The HTTP method. */
		METHOD("method"),

		/** The outcome of the call, see {@link EasCallOutcome}. */
		OUTCOME("outcome"),

		/** The status of the response, or {@code none}. */
		STATUS("status");

		private final String key;

		LowCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/** Keys with many distinct values, for traces only. */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * The address of the instance of the last attempt; only if
		 * {@code eas.observation.instance-address} is true.
		 */
		INSTANCE("eas.instance"),

		/**
		 * Why the instance of the last attempt was picked, if the load-balancing
		 * algorithm looks at the bodies of calls; only together with {@link #INSTANCE}.
		 */
		PICK_REASON("eas.pick.reason"),

		/** The request ID of the call, if it has one. */
		REQUEST_ID("eas.request.id");

		private final String key;

		HighCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

		@Override
		public boolean isRequired() {
			return false;
		}

	}

}
