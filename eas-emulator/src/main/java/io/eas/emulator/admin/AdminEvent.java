package io.eas.emulator.admin;

import java.time.Instant;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Something that happened to an instance, or to discovery.
 *
 * @param id counts events, from 1
 * @param at when; to half a second for what was noticed by comparing states
 * @param service the service's name; empty for discovery
 * @param instance the instance's name; empty for discovery
 * @param kind what kind of event it is
 * @param what the new state, fault or weight, or the kind of check, such as {@code ready}
 * @param detail why, for people; may be empty
 */
public record AdminEvent(long id, Instant at, String service, String instance, Kind kind, String what, String detail) {

	/**
	 * The kinds of events.
	 */
	public enum Kind {

		/** It came into another state. */
		STATE,

		/** Discovery lists it from now on. */
		LISTED,

		/** Discovery doesn't list it any more. */
		UNLISTED,

		/** Its fault is another one. */
		FAULT,

		/** Its weight is another one. */
		WEIGHT,

		/** A check succeeded. */
		PASSED,

		/** A check failed. */
		FAILED;

		/**
		 * The name in JSON.
		 * @return such as {@code listed}
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
