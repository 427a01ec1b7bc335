package io.eas.test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

import io.eas.test.WireScript.Step;

/**
 * Draws random scripts of legal and illegal HTTP/1.1. A script depends only on the seed,
 * the request's id and the number of the attempt, so that the same seed leads to the same
 * script for the same request, whatever happens concurrently. Thread-safe.
 *
 * <p>
 * All bytes that don't belong to the request's response have the id {@value #FOREIGN}.
 * One fault is never drawn: a second response that arrives when the client may already
 * have sent its next request. HTTP/1.1 has no ids, so no client could detect it. Surplus
 * bytes are either sent in one write with the end of the response, or follow a response
 * with {@code Connection: close}. Surplus bytes don't make a script illegal, because the
 * response before them is complete.
 */
public final class WireScripts {

	/** The id in all bytes that belong to no request. */
	static final String FOREIGN = "foreign";

	private static final int HUNDRED = 100;

	/** The number of bytes that certainly arrive in one piece. */
	private static final int ONE_PIECE = 12_000;

	private static final List<String> LEGAL_STATUS_LINES = List.of("HTTP/1.1 200 OK", "HTTP/1.1 201 Created",
			"HTTP/1.1 200 ", "HTTP/1.1 202 A:B", "HTTP/1.1 404 Not Found", "HTTP/1.1 500 Oops", "HTTP/1.1 503 Busy",
			"HTTP/1.1 302 Found", "HTTP/1.1 204 No Content", "HTTP/1.1 304 Not Modified");

	private static final List<String> ODD_STATUS_LINES = List.of("HTTP/1.1 200", "HTTP/1.0 200 OK",
			"HTTP/1.1 101 Switching Protocols", "HTTP/1.1 1001 X", "HTTP/1.1 099 X", "HTTP/1.1 20 X", "HTTP/1.1 -200 X",
			"HTTP/1.1 600 X", "HTTP/1.1 999 X", "HTTP/1.1 abc", "HTTP/2.0 200 OK", "ICY 200 OK", "SSH-2.0-OpenSSH_9.6",
			"{\"id\":\"" + FOREIGN + "\"}", "");

	private static final List<String> INTERIM = List.of("100 Continue", "102 Processing", "103 Early Hints", "103 X",
			"199 X", "103");

	private static final String FOREIGN_ANSWER = "HTTP/1.1 200 OK\r\nX-Id: " + FOREIGN
			+ "\r\nContent-Type: text/plain\r\nContent-Length: 8\r\n\r\n" + FOREIGN + ";";

	private static final List<String> SURPLUS = List.of(FOREIGN_ANSWER, FOREIGN_ANSWER, FOREIGN_ANSWER + FOREIGN_ANSWER,
			"HTTP/1.1 103 X\r\n\r\n" + FOREIGN_ANSWER, "HTTP/1.1 200 OK\r\nX-Id: " + FOREIGN + "\r\nX-Part: ",
			"HTTP/1.1 200 OK\r\nContent-Length: 80\r\n\r\n" + FOREIGN, "HTTP/1.1 2", "H", "\r\n", "\r\n\r\n",
			"0\r\n\r\n", FOREIGN, "HTTP/1.1 103 X\r\n\r\n", "\u0000\u0001\u0002\r\n\r\n");

	private final long seed;

	/**
	 * Creates the scripts of a seed.
	 * @param seed the seed
	 */
	public WireScripts(long seed) {
		this.seed = seed;
	}

	/**
	 * Draws a script.
	 * @param id the request's id
	 * @param attempt how often the request has arrived before
	 * @param method the request's method
	 * @param streamed whether the request asks for an event stream
	 * @return the script, always the same for the same arguments
	 */
	public WireScript draw(String id, int attempt, String method, boolean streamed) {
		return new Draw(id, new SplittableRandom(this.seed * 31 + id.hashCode() * 1_000_003L + attempt), method,
				streamed)
			.script();
	}

	/** Draws one script. */
	private static final class Draw {

		private final String id;

		private final SplittableRandom random;

		private final String method;

		private final boolean streamed;

		private final List<Step> steps = new ArrayList<>();

		private boolean mayBeEmpty;

		private boolean mayBeCut;

		private boolean legal = true;

		/** Whether the connection ends after the response. */
		private boolean last;

		/** Whether the response has {@code Connection: close} and a known end. */
		private boolean closes;

		Draw(String id, SplittableRandom random, String method, boolean streamed) {
			this.id = id;
			this.random = random;
			this.method = method;
			this.streamed = streamed;
		}

		private boolean in100(int times) {
			return this.random.nextInt(HUNDRED) < times;
		}

		private <T> T oneOf(List<T> values) {
			return values.get(this.random.nextInt(values.size()));
		}

		WireScript script() {
			boolean early = in100(20);
			if (!early) {
				this.steps.add(new Step.ReadRequest());
			}
			interimAnswers();
			String body = body();
			String answer = withoutBody(head() + framed(body));
			if (in100(6)) {
				this.legal = false;
				this.steps.add(new Step.Send(answer.substring(0, this.random.nextInt(answer.length() + 1)), false));
				this.steps.add(end());
			}
			else {
				deliver(answer);
				conclude(early);
			}
			return new WireScript(this.id, body, this.mayBeEmpty || body.isEmpty(), this.mayBeCut && !this.legal,
					this.legal, this.steps);
		}

		/**
		 * Removes the body of a response that must not have one. In some illegal scripts
		 * the body is sent nevertheless; the connection then ends after it.
		 */
		private String withoutBody(String answer) {
			int end = answer.indexOf("\r\n\r\n");
			if (!this.mayBeEmpty || end < 0) {
				return answer;
			}
			if (in100(30)) {
				this.legal = false;
				this.last = true;
				return answer;
			}
			return answer.substring(0, end + 4);
		}

		private void interimAnswers() {
			for (int left = in100(25) ? 1 + this.random.nextInt(3) : 0; left > 0; left--) {
				String headers = in100(50) ? "Link: </a>; rel=preload\r\nX-Id: " + FOREIGN + "\r\n" : "";
				this.steps.add(new Step.Send("HTTP/1.1 " + oneOf(INTERIM) + "\r\n" + headers + "\r\n", false));
				if (in100(30)) {
					this.steps.add(new Step.Pause(this.random.nextInt(20)));
				}
			}
		}

		private String body() {
			int parts = in100(5) ? 0 : in100(80) ? 1 + this.random.nextInt(20) : this.random.nextInt(4000);
			return (this.streamed ? "data: " + this.id + ";\n\n" : this.id + ";").repeat(parts);
		}

		/**
		 * Returns the status line and the headers, without the headers that frame the
		 * body and without the empty line.
		 */
		private String head() {
			boolean odd = in100(14);
			this.legal &= !odd;
			String statusLine = odd ? oneOf(ODD_STATUS_LINES)
					: in100(85) ? LEGAL_STATUS_LINES.get(0) : oneOf(LEGAL_STATUS_LINES);
			this.mayBeEmpty = this.method.equals("HEAD") || statusLine.contains(" 204") || statusLine.contains(" 304");
			StringBuilder head = new StringBuilder(statusLine).append("\r\nX-Id: ")
				.append(this.id)
				.append("\r\nContent-Type: ")
				.append(this.streamed ? "text/event-stream" : "text/plain")
				.append("\r\n");
			if (in100(2)) {
				head.append("X-Long: ").append("x".repeat(200_000)).append("\r\n");
				this.last = true;
				this.legal = false;
			}
			if (in100(10)) {
				this.closes = in100(50);
				this.last |= this.closes;
				head.append("Connection: ").append(this.closes ? "close" : "keep-alive").append("\r\n");
			}
			return head.toString();
		}

		private String framed(String body) {
			List<IntFunction<String>> right = List.of((length) -> "Content-Length: " + length + "\r\n\r\n" + body,
					(length) -> "Content-Length: " + length + "\r\n\r\n" + body, (length) -> chunked(body, ""),
					(length) -> chunked(body, "X-Trailer: " + this.id + "\r\n"), (length) -> untilTheEnd(body));
			List<IntFunction<String>> wrong = List.of(
					(length) -> "Content-Length: " + (length + 1 + this.random.nextInt(HUNDRED)) + "\r\n\r\n" + body,
					(length) -> "Content-Length: -1\r\n\r\n" + body, (length) -> "Content-Length: x\r\n\r\n" + body,
					(length) -> "Content-Length: 99999999999999999999\r\n\r\n" + body,
					(length) -> "Content-Length: " + length + "\r\nContent-Length: " + length + "\r\n\r\n" + body,
					(length) -> "Content-Length: " + length + "\r\nContent-Length: " + (length + 7) + "\r\n\r\n" + body,
					(length) -> "Content-Length: " + (length / 2) + "\r\n" + chunked(body, ""),
					(length) -> chunked(body, "").replace("\r\n0\r\n\r\n", "\r\n"),
					(length) -> "Transfer-Encoding: chunked\r\n\r\nxyz\r\n" + body,
					(length) -> "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\n" + body,
					(length) -> "Transfer-Encoding: chunked\r\n\r\n-5\r\n" + body,
					(length) -> "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(length + 1) + "\r\n" + body
							+ "\r\n0\r\n\r\n",
					(length) -> "No header at all\r\nContent-Length: " + length + "\r\n\r\n" + body,
					(length) -> "Content-Length: " + length + "\r\n" + body);
			boolean faulty = in100(15);
			this.legal &= !faulty;
			this.last |= faulty;
			this.closes &= !faulty;
			return oneOf(faulty ? wrong : right).apply(body.length());
		}

		private String untilTheEnd(String body) {
			this.last = true;
			this.closes = false;
			this.mayBeCut = true;
			return "\r\n" + body;
		}

		private String chunked(String body, String trailers) {
			StringBuilder chunks = new StringBuilder("Transfer-Encoding: chunked\r\n\r\n");
			int from = 0;
			while (from < body.length()) {
				int to = Math.min(body.length(), from + 1 + this.random.nextInt(3000));
				chunks.append(Integer.toHexString(to - from)).append("\r\n").append(body, from, to).append("\r\n");
				from = to;
			}
			return chunks.append("0\r\n").append(trailers).append("\r\n").toString();
		}

		private void deliver(String answer) {
			if (!this.last && answer.length() < ONE_PIECE && in100(15)) {
				this.steps.add(new Step.Send(answer + oneOf(SURPLUS), false));
			}
			else if (answer.length() < 400 && in100(15)) {
				this.steps.add(new Step.Send(answer, true));
			}
			else if (in100(20)) {
				int middle = this.random.nextInt(answer.length());
				this.steps.add(new Step.Send(answer.substring(0, middle), false));
				this.steps.add(new Step.Pause(this.random.nextInt(10)));
				this.steps.add(new Step.Send(answer.substring(middle), false));
			}
			else {
				this.steps.add(new Step.Send(answer, false));
			}
		}

		private void conclude(boolean early) {
			if (this.last) {
				if (this.closes && in100(50)) {
					this.steps.add(new Step.Pause(this.random.nextInt(10)));
					this.steps.add(new Step.Send(FOREIGN_ANSWER, false));
				}
				this.steps.add(end());
				this.legal &= !early;
			}
			else if (early) {
				this.steps.add(new Step.Pause(this.random.nextInt(40)));
				// without a goodbye, the server reads on and awaits the next request
				if (in100(25)) {
					this.steps.add(goodbye());
					this.legal = false;
				}
			}
			else if (in100(15)) {
				this.steps.add(goodbye());
			}
		}

		private Step end() {
			if (in100(1)) {
				this.legal = false;
				return new Step.Stall();
			}
			return goodbye();
		}

		/**
		 * Returns the last step. A complete response isn't followed by silence, because
		 * the next request would then get no response.
		 */
		private Step goodbye() {
			if (in100(22)) {
				// bytes that were not sent yet are lost
				this.legal = false;
				return new Step.Reset();
			}
			return in100(70) ? new Step.Close() : new Step.HalfClose();
		}

	}

}
