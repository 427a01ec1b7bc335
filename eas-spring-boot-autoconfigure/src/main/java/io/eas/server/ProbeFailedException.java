package io.eas.server;

import java.io.IOException;
import java.net.URI;

/**
 * A probe of this server can never succeed, so EAS would kill the instance or never send
 * it a request.
 */
public class ProbeFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Probe probe;

	private final URI uri;

	private final ProbeProblem problem;

	/**
	 * A probe with the wrong answer.
	 * @param uri where it was sent
	 * @param answer the answer
	 * @param problem what is wrong with it
	 */
	public ProbeFailedException(URI uri, ProbeAnswer answer, ProbeProblem problem) {
		super(message(uri, answer.probe()) + "status " + answer.status());
		this.probe = answer.probe();
		this.uri = uri;
		this.problem = problem;
	}

	/**
	 * A probe without an answer.
	 * @param probe the probe
	 * @param uri where it was sent
	 * @param cause why there is none
	 */
	public ProbeFailedException(Probe probe, URI uri, IOException cause) {
		super(message(uri, probe) + "nothing: " + cause.getMessage(), cause);
		this.probe = probe;
		this.uri = uri;
		this.problem = ProbeProblem.SILENT;
	}

	private static String message(URI uri, Probe probe) {
		return "GET " + uri + ", the " + probe.group() + " probe (" + probe.property() + "), was answered with ";
	}

	/**
	 * The probe.
	 * @return which of them
	 */
	public Probe probe() {
		return this.probe;
	}

	/**
	 * Its path, as EAS asks for it.
	 * @return such as {@code /livez}
	 */
	public String path() {
		return this.uri.getRawPath();
	}

	/**
	 * Why it can't succeed.
	 * @return what is wrong
	 */
	public ProbeProblem problem() {
		return this.problem;
	}

}
