package io.eas.server;

import java.io.IOException;
import java.net.URI;

/**
 * Exception thrown if a probe of this server can never succeed, so that EAS would kill
 * the instance or never send a request to it.
 */
public class ProbeFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Probe probe;

	private final URI uri;

	private final ProbeProblem problem;

	/**
	 * Creates an exception for a probe with a wrong response.
	 * @param uri the URI of the probe
	 * @param answer the response
	 * @param problem the problem of the response
	 */
	public ProbeFailedException(URI uri, ProbeAnswer answer, ProbeProblem problem) {
		super(message(uri, answer.probe()) + "status " + answer.status());
		this.probe = answer.probe();
		this.uri = uri;
		this.problem = problem;
	}

	/**
	 * Creates an exception for a probe without a response.
	 * @param probe the probe
	 * @param uri the URI of the probe
	 * @param cause the cause
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
	 * Returns the probe.
	 * @return the probe
	 */
	public Probe probe() {
		return this.probe;
	}

	/**
	 * Returns the path of the probe in its encoded form.
	 * @return the path, such as {@code /livez}
	 */
	public String path() {
		return this.uri.getRawPath();
	}

	/**
	 * Returns why the probe can't succeed.
	 * @return the problem
	 */
	public ProbeProblem problem() {
		return this.problem;
	}

}
