package io.eas.emulator.admin;

import java.time.Instant;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An event of an instance or of discovery.
 *
 * @param id the event's number, from 1
 * @param at the time of the event; accurate to half a second if the event was found by
 * comparing states
 * @param service the service's name; empty for discovery
 * @param instance the instance's name; empty for discovery
 * @param kind the kind of event
 * @param what the new state, fault or weight, or the kind of check, such as {@code ready}
 * @param detail the reason, for people; may be empty
 */
public record AdminEvent(long id, Instant at, String service, String instance, Kind kind, String what, String detail) {

	/**
	 * The kinds of events.
	 */
	public enum Kind {

		/** The instance changed its state. */
		STATE,

		/** Discovery lists the instance from now on. */
		LISTED,

		/** Discovery no longer lists the instance. */
		UNLISTED,

		/** The fault changed. */
		FAULT,

		/** The weight changed. */
		WEIGHT,

		/** A check succeeded. */
		PASSED,

		/** A check failed. */
		FAILED;

		/**
		 * Returns the name in JSON.
		 * @return a name such as {@code listed}
		 */
		@JsonValue
		public String json() {
			return name().toLowerCase(Locale.ROOT);
		}

		boolean isCheck() {
			return this == PASSED || this == FAILED;
		}

	}

}
