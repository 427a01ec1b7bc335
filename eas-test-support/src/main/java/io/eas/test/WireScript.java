package io.eas.test;

import java.util.List;

/**
 * The behaviour of a {@link ScriptedServer} for one request: the response to that
 * request, valid or not, and any other bytes that are sent.
 *
 * @param id the id of the request
 * @param body the complete body of the response, which repeats the id
 * @param mayBeEmpty whether the response may have no body: because of {@code HEAD}, its
 * status, or because the body is empty
 * @param mayBeCut whether the body ends with the connection, so that a part of the body
 * can't be distinguished from the whole body
 * @param isLegal whether a client that follows HTTP/1.1 must get exactly this response
 * @param steps the steps in order; afterwards the rest of the request is read, and the
 * connection is kept for the next request
 */
public record WireScript(String id, String body, boolean mayBeEmpty, boolean mayBeCut, boolean isLegal,
		List<Step> steps) {

	public WireScript {
		steps = List.copyOf(steps);
	}

	/**
	 * Returns whether a body may be the result of this response.
	 * @param received the body that a client received
	 * @return {@code true} for the whole body, or for a part that can't be distinguished
	 * from it
	 */
	public boolean allows(String received) {
		return received.equals(this.body) || (received.isEmpty() && this.mayBeEmpty)
				|| (this.mayBeCut && this.body.startsWith(received));
	}

	@Override
	public String toString() {
		return "script for " + this.id + ": " + this.steps;
	}

	/** One step of a script. */
	public sealed interface Step {

		/** Reads the request's body to its end. */
		record ReadRequest() implements Step {
		}

		/**
		 * Sends bytes.
		 *
		 * @param bytes the bytes, in ISO 8859-1
		 * @param singly whether to write each byte on its own
		 */
		record Send(String bytes, boolean singly) implements Step {

			private static final int SHOWN = 300;

			@Override
			public String toString() {
				String shown = (this.bytes.length() <= SHOWN) ? this.bytes
						: this.bytes.substring(0, SHOWN / 2) + "…" + (this.bytes.length() - SHOWN) + " more…"
								+ this.bytes.substring(this.bytes.length() - SHOWN / 2);
				return (this.singly ? "send singly " : "send ") + '"' + shown.replace("\r", "\\r").replace("\n", "\\n")
						+ '"';
			}

		}

		/**
		 * Waits.
		 *
		 * @param millis how long, in milliseconds
		 */
		record Pause(int millis) implements Step {
		}

		/**
		 * Closes the server's side of the connection, and reads until the client closes
		 * its side.
		 */
		record HalfClose() implements Step {
		}

		/** Closes the connection, which resets it if received bytes are unread. */
		record Close() implements Step {
		}

		/** Resets the connection. */
		record Reset() implements Step {
		}

		/** Waits until the client closes the connection, for at most a second. */
		record Stall() implements Step {
		}

	}

}
