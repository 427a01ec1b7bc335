package io.eas.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import io.eas.server.Probe;
import io.eas.server.ProbeAnswer;
import io.eas.server.ProbeFailedException;
import io.eas.server.ProbeProblem;
import io.eas.server.ProbeRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;

/**
 * Sends the liveness and readiness probes once at startup, in the same way as EAS. It is
 * the first application runner: when it runs, the server is live but not ready yet, and
 * an exception still makes the start fail. Without Actuator, only a warning is logged,
 * since service.json may have no http_get checks.
 */
final class ProbeGuard implements ApplicationRunner, Ordered {

	private static final Log log = LogFactory.getLog(ProbeGuard.class);

	/**
	 * The timeout of a probe, equal to the default period of probes in service.json.
	 */
	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final ProbeLocations locations;

	ProbeGuard(ProbeLocations locations) {
		this.locations = locations;
	}

	@Override
	public void run(ApplicationArguments args) {
		for (Probe probe : Probe.values()) {
			if (this.locations.isKnown(probe)) {
				check(probe);
			}
			else {
				warn(probe);
			}
		}
	}

	private static void warn(Probe probe) {
		log.warn("The " + probe.group() + " probe was not called: there is no Actuator on the class path, and "
				+ probe.property() + " is not set. Add spring-boot-starter-actuator, or set " + probe.property()
				+ " to the path in service.json; if service.json has no http_get checks, set eas.server.probes to "
				+ "false");
	}

	private void check(Probe probe) {
		URI uri = this.locations.uri(probe);
		if (uri != null) {
			check(probe, uri);
		}
	}

	private static void check(Probe probe, URI uri) {
		ProbeAnswer answer = new ProbeAnswer(probe, status(probe, uri));
		ProbeProblem problem = answer.problem();
		if (problem != null) {
			throw new ProbeFailedException(uri, answer, problem);
		}
	}

	private static int status(Probe probe, URI uri) {
		try {
			return new ProbeRequest(uri, TIMEOUT).status();
		}
		catch (IOException ex) {
			throw new ProbeFailedException(probe, uri, ex);
		}
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
