package io.eas.sample.app.walkthrough;

import org.jspecify.annotations.Nullable;

/**
 * The text with suggestions of what to try once the application has started.
 */
final class NextSteps {

	private static final String TEXT = """
			  %1$sTry, in another terminal at the root of this repository:

			  curl -s localhost:%2$s/digits -H 'Content-Type: image/png' --data-binary @eas-sample-app/src/main/resources/digits/seven.png
			  curl -si localhost:%2$s/predict/mnist -H 'Content-Type: application/json' -d @eas-sample-app/src/main/resources/digits/seven.json
			  curl -s localhost:%2$s/actuator/health

			  Kill %5$s: curl -s -X POST -H X-Eas-Admin:1 http://127.0.0.1:%3$d/services/%4$s/instances/0/kill

			  Or draw a digit, kill an instance and watch calls go on: http://localhost:%2$s/
			  See what the local EAS does, and break it in any way:    http://127.0.0.1:%3$d/
			  Ctrl-C ends everything.
			""";

	private NextSteps() {
	}

	static String of(@Nullable String restarted, String port, int adminPort, String service) {
		String news = (restarted != null) ? restarted + " is alive again. " : "";
		return TEXT.formatted(news, port, adminPort, service, (restarted != null) ? "another one" : "it");
	}

}
