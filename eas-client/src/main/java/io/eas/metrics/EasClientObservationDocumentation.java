package io.eas.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed, and with which keys.
 */
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

	/**
	 * Keys with few values, which become tags of meters.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/** How many attempts there were; 0 where the call got to no instance. */
		ATTEMPTS("attempts"),

		/** The alias of the service. */
		SERVICE("eas.service"),

		/** The HTTP method. */
		METHOD("method"),

		/** One of {@link EasCallOutcome}. */
		OUTCOME("outcome"),

		/** The status of the answer, or {@code none}. */
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

	/**
	 * Keys with many values, for traces alone.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * The address of the instance of the last attempt; only where
		 * {@code eas.observation.instance-address} asks for it.
		 */
		INSTANCE("eas.instance");

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
