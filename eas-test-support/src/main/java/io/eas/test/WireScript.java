package io.eas.test;

import java.util.List;

/**
 * What a {@link ScriptedServer} does with one request: its own answer, right or wrong,
 * and what else it sends.
 *
 * @param id of the request it is for
 * @param body the own answer's whole body, which is the id over and over again
 * @param mayBeEmpty whether the answer may come without a body: to {@code HEAD}, by its
 * status, or because there is none
 * @param mayBeCut whether the end of the connection ends the body, so that a part of it
 * can't be told from the whole
 * @param isLegal whether HTTP/1.1 lets nothing but the own answer come of it
 * @param steps what is done in turn; afterwards the rest of the request is read, and the
 * connection kept for the next
 */
public record WireScript(String id, String body, boolean mayBeEmpty, boolean mayBeCut, boolean isLegal,
		List<Step> steps) {

	public WireScript {
		steps = List.copyOf(steps);
	}

	/**
	 * Whether a body may have come of this answer.
	 * @param received the body as a client saw it
	 * @return {@code true} if it is the whole one, or as much as can't be told from it
	 */
	public boolean allows(String received) {
		return received.equals(this.body) || (received.isEmpty() && this.mayBeEmpty)
				|| (this.mayBeCut && this.body.startsWith(received));
	}

	@Override
	public String toString() {
		return "script for " + this.id + ": " + this.steps;
	}

	/** One thing to do. */
	public sealed interface Step {

		/** Reads the request's body to its end. */
		record ReadRequest() implements Step {
		}

		/**
		 * Sends something.
		 *
		 * @param bytes in ISO 8859-1
		 * @param singly a write for each byte, else one for all
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
		 * Does nothing for a while.
		 *
		 * @param millis how long
		 */
		record Pause(int millis) implements Step {
		}

		/** Sends the end of the connection, and reads on until the other side does so. */
		record HalfClose() implements Step {
		}

		/** Closes the connection, which resets it if there is something unread. */
		record Close() implements Step {
		}

		/** Resets the connection. */
		record Reset() implements Step {
		}

		/** Does nothing more until the other side closes, or a second has passed. */
		record Stall() implements Step {
		}

	}

}
