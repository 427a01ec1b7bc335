package io.eas.deployment.validation;

import java.util.List;

import io.eas.deployment.finding.FindingCode;

/**
 * A case or more for each code: the good file, a text in it and what stands there
 * instead, where the finding is, and what its message says.
 *
 * @param code the finding that must come of it
 * @param text what is replaced
 * @param replacement by what
 * @param path where the finding is
 * @param says part of the message or the remedy
 */
record FindingCase(FindingCode code, String text, String replacement, String path, String says) {

	private static final String LIVENESS = "containers[0].liveness_check";

	private static final String IMAGE = "registry-vpc.cn-hangzhou.aliyuncs.com/models/digits:1.0";

	private static final String COMMAND = "java -jar /app/app.jar";

	private static final String LIVENESS_TIMINGS = "\"path\": \"/livez\",\n                    \"port\": 8000\n                },\n                "
			+ "\"initial_delay_seconds\": 0,\n                \"period_seconds\": 10,";

	static List<FindingCase> all() {
		return List.of(of(FindingCode.TRAILING_TEXT, "\n    ]\n}", "\n    ]\n}\n}", "", "text after the end"),
				of(FindingCode.TRAILING_TEXT, "\n    ]\n}", "\n    ]\n} nonsense", "", "text after the end"),
				of(FindingCode.DUPLICATE_KEY, "\"instance\": 2,", "\"instance\": 2, \"instance\": 3,",
						"metadata.instance", "stands twice, first at 4:9"),
				of(FindingCode.DUPLICATE_KEY, "\"enable_webservice\": true,",
						"\"enable_webservice\": true, \"rpc.enable_sigterm\": true,", "metadata.rpc.enable_sigterm",
						"stands twice"),
				of(FindingCode.DUPLICATE_KEY, "\"cloud\": {", "\"storage\": [{\"a\": 1, \"a\": 1}], \"cloud\": {",
						"storage[0].a", "stands twice"),
				of(FindingCode.DUPLICATE_KEY, "\"env\": [", "\"env\": [ {\"name\": \"MODEL\", \"value\": \"x\"},",
						"containers[0].env[1].name", "\"MODEL\" stands twice, first in env[0]"),
				of(FindingCode.WRONG_TYPE, "\"port\": 8000,", "\"port\": \"8000\",", "containers[0].port",
						"must be a whole number, was the text \"8000\". Write digits only, without quotes."),
				of(FindingCode.WRONG_TYPE, "\"enable_webservice\": true", "\"enable_webservice\": \"true\"",
						"metadata.enable_webservice", "must be true or false, was the text \"true\""),
				of(FindingCode.WRONG_TYPE, "\"name\": \"digits\"", "\"name\": 7", "metadata.name",
						"must be a text, was 7"),
				of(FindingCode.WRONG_TYPE, "\"rpc\": {", "\"rolling_strategy\": {\"max_surge\": [1]}, \"rpc\": {",
						"metadata.rolling_strategy.max_surge", "must be a number or a text"),
				of(FindingCode.WRONG_TYPE, "\"containers\": [\n", "\"containers\": [ 5,\n", "containers[0]",
						"must be an object, was 5"),
				of(FindingCode.WRONG_TYPE, "\"/app/ready\",", "true,", "containers[0].health_check.exec.command[0]",
						"must be a text, was true"),
				of(FindingCode.WRONG_TYPE, "\"computing\": {", "\"networking\": [], \"computing\": {",
						"cloud.networking", "must be an object, was an array"),
				of(FindingCode.WRONG_TYPE, "\"exec\": {", "\"exec\": {\"command\": []}, \"other\": {",
						"containers[0].health_check.exec.command",
						"must be an array of a program and its arguments, was empty"),
				of(FindingCode.MISSING_KEY, "\"name\": \"digits\",", "", "metadata.name", "is missing"),
				of(FindingCode.MISSING_KEY, "\"metadata\": {", "\"Metadaten\": {", "metadata", "is missing"),
				of(FindingCode.MISSING_KEY, "\"path\": \"/livez\",\n                    \"port\": 8000",
						"\"path\": \"/livez\"", LIVENESS + ".http_get.port", "Write \"port\": 8000."),
				of(FindingCode.OUT_OF_RANGE, "\"port\": 8000,", "\"port\": 65536,", "containers[0].port",
						"must be between 1 and 65535, was 65536"),
				of(FindingCode.OUT_OF_RANGE, "\"instance\": 2", "\"instance\": -1", "metadata.instance",
						"must be 0 or more, was -1"),
				of(FindingCode.OUT_OF_RANGE, "\"instance\": 2", "\"instance\": 1.5", "metadata.instance",
						"must be a whole number, was 1.5"),
				of(FindingCode.OUT_OF_RANGE, "\"instance\": 2", "\"instance\": 3000000000", "metadata.instance",
						"must be between -2147483648 and 2147483647, was 3000000000"),
				of(FindingCode.OUT_OF_RANGE, "\"port\": 8000,", "\"port\": 8000.0,", "containers[0].port",
						"must be a whole number, was 8000.0"),
				of(FindingCode.OUT_OF_RANGE, LIVENESS_TIMINGS, LIVENESS_TIMINGS.replace(": 10,", ": 0,"),
						LIVENESS + ".period_seconds", "must be 1 or more, was 0"),
				of(FindingCode.OUT_OF_RANGE, "\"initial_delay_seconds\": 0", "\"initial_delay_seconds\": -1",
						"containers[0].startup_check.initial_delay_seconds", "must be 0 or more, was -1"),
				of(FindingCode.OUT_OF_RANGE, "\"timeout_seconds\": 1", "\"timeout_seconds\": 0",
						"containers[0].startup_check.timeout_seconds", "must be 1 or more, was 0"),
				of(FindingCode.OUT_OF_RANGE, "\"success_threshold\": 2", "\"success_threshold\": 0",
						"containers[0].health_check.success_threshold", "must be 1 or more, was 0"),
				of(FindingCode.OUT_OF_RANGE, "\"failure_threshold\": 3", "\"failure_threshold\": 0",
						LIVENESS + ".failure_threshold", "must be 1 or more, was 0"),
				of(FindingCode.OUT_OF_RANGE, "grace_period\": 60", "grace_period\": -60",
						"metadata.eas.termination_grace_period", "must be 0 or more, was -60"),
				of(FindingCode.OUT_OF_RANGE, "\"rpc\": {", "\"rpc\": { \"max_queue_size\": -1,",
						"metadata.rpc.max_queue_size", "must be 0 or more, was -1"),
				of(FindingCode.NULL_VALUE, "\"instance\": 2", "\"instance\": null", "metadata.instance",
						"is null, which counts as left out"),
				of(FindingCode.UNKNOWN_KEY, "\"liveness_check\"", "\"livenessProbe\"", "containers[0].livenessProbe",
						"isn't known to this tool here, and looks like a misspelling. Did you mean liveness_check?"),
				of(FindingCode.UNKNOWN_KEY, "\"health_check\"", "\"readiness_check\"", "containers[0].readiness_check",
						"Did you mean health_check?"),
				of(FindingCode.UNKNOWN_KEY, "\"initial_delay_seconds\"", "\"initialDelaySeconds\"",
						"containers[0].startup_check.initialDelaySeconds", "Did you mean initial_delay_seconds?"),
				of(FindingCode.UNKNOWN_KEY, "\"instance\": 2", "\"instances\": 2", "metadata.instances",
						"Did you mean instance?"),
				of(FindingCode.UNKNOWN_KEY, "\"http_get\"", "\"httpGet\"", LIVENESS + ".httpGet",
						"Did you mean http_get?"),
				of(FindingCode.UNKNOWN_KEY, "\"command\"", "\"comand\"", "containers[0].comand",
						"Did you mean command?"),
				of(FindingCode.ENV_ENTRY, "\"env\": [", "\"env\": [ \"A=b\",", "containers[0].env[0]",
						"must be an object, was a text"),
				of(FindingCode.ENV_ENTRY, "\"value\": \"/models/digits\"", "\"value\": 5", "containers[0].env[0].value",
						"must be a text, was a number. Put it in quotes."),
				of(FindingCode.ENV_ENTRY, "\"name\": \"MODEL\",", "", "containers[0].env[0]", "has no name"),
				of(FindingCode.ENV_ENTRY, "\"MODEL\"", "\"MODEL=x\"", "containers[0].env[0]",
						"has a name that no variable can have"),
				of(FindingCode.CHECK_METHOD,
						"\"tcp_socket\": {\n                    \"port\": 8000\n                },", "",
						"containers[0].startup_check", "must have one of http_get, tcp_socket and exec, has none"),
				of(FindingCode.CHECK_METHOD, "\"http_get\": {", "\"tcp_socket\": {\"port\": 8000}, \"http_get\": {",
						LIVENESS, "has 2"),
				of(FindingCode.EXEC_STRING, "\"exec\": {", "\"exec\": \"cat '/eas/a b'\", \"other\": {",
						"containers[0].health_check.exec",
						"was a text. Write {\"command\": [\"program\", \"argument\"]}."),
				of(FindingCode.EXEC_STRING, "\"exec\": {", "\"exec\": {\"command\": \"a | b\"}, \"other\": {",
						"containers[0].health_check.exec.command",
						"was a text. Write \"command\": [\"sh\", \"-c\", \"…\"]."),
				of(FindingCode.EXEC_PROGRAM, "\"/app/ready\"", "\"cat /eas/ready\"",
						"containers[0].health_check.exec.command[0]", "was \"cat …\""),
				of(FindingCode.EXEC_PROGRAM, "\"/app/ready\"", "\"\"", "containers[0].health_check.exec.command[0]",
						"must be a program alone"),
				of(FindingCode.RESERVED_PORT, "\"port\": 8000,", "\"port\": 8080,", "containers[0].port",
						"for Spring Boot set server.port=8000."),
				of(FindingCode.RESERVED_PORT, "\"path\": \"/livez\",\n                    \"port\": 8000",
						"\"path\": \"/livez\",\n                    \"port\": 9090", LIVENESS + ".http_get.port",
						"must not be 9090"),
				of(FindingCode.PORT_CONFLICT, "\n    ]\n}",
						", {\"image\": \"" + IMAGE + "\", \"port\": 8000}\n    ]\n}", "containers[1].port",
						"was 8000 as containers[0].port"),
				of(FindingCode.NO_PORT, "\"port\": 8000,", "", "containers[0].port", "is missing"),
				of(FindingCode.CHECK_PORT, "\"path\": \"/livez\",\n                    \"port\": 8000",
						"\"path\": \"/livez\",\n                    \"port\": 8001", LIVENESS + ".http_get.port",
						"should be a container's port (8000), was 8001"),
				of(FindingCode.TOO_MANY_CHECKS, "\n    ]\n}",
						", {\"image\": \"" + IMAGE
								+ "\", \"health_check\": {\"exec\": {\"command\": [\"a\"]}}}\n    ]\n}",
						"containers[1].health_check", "at most three checks of all containers, there are 4"),
				of(FindingCode.TWO_OF_A_KIND, "\n    ]\n}",
						", {\"image\": \"" + IMAGE
								+ "\", \"health_check\": {\"exec\": {\"command\": [\"a\"]}}}\n    ]\n}",
						"containers[1].health_check", "there is also containers[0].health_check"),
				of(FindingCode.TWO_OF_A_KIND, "\"health_check\"", "\"liveness_check\"", LIVENESS,
						"stands twice, first at 37:13"),
				of(FindingCode.SUCCESS_THRESHOLD, "\"success_threshold\": 1", "\"success_threshold\": 2",
						"containers[0].startup_check.success_threshold", "must be 1 for a startup_check, was 2"),
				of(FindingCode.TIMEOUT_OVER_PERIOD, "\"timeout_seconds\": 1", "\"timeout_seconds\": 3",
						"containers[0].startup_check.timeout_seconds",
						"should not be longer than period_seconds, 2, was 3"),
				of(FindingCode.TIMING_DEFAULT, "\"initial_delay_seconds\": 0,\n                \"period_seconds\": 10,",
						"", LIVENESS, "lacks initial_delay_seconds, period_seconds"),
				of(FindingCode.CHECK_PATH, "\"/livez\"", "\"livez\"", LIVENESS + ".http_get.path", "Write \"/livez\"."),
				of(FindingCode.CHECK_PATH, "\"/livez\"", "\"http://localhost:8000/livez?a=1\"",
						LIVENESS + ".http_get.path", "Write \"/livez?a=1\"."),
				of(FindingCode.CHECK_PATH, "\"/livez\"", "\"/live z\"", LIVENESS + ".http_get.path",
						"Write \"/live%20z\"."),
				of(FindingCode.CHECK_PATH, "\"/livez\"", "\"/livez \"", LIVENESS + ".http_get.path",
						"Write \"/livez\"."),
				of(FindingCode.CHECK_PATH, "\"/livez\"", "\"//evil/readyz\"", LIVENESS + ".http_get.path",
						"Write \"/readyz\"."),
				of(FindingCode.CHECK_PATH, "\"/livez\"", "\"\"", LIVENESS + ".http_get.path", "Write \"/\"."),
				of(FindingCode.NO_READINESS, "\"health_check\"", "\"sidecar\"", "containers[0]",
						"should have a health_check"),
				of(FindingCode.CHECKS_WITHOUT_IMAGE, "\"image\": \"" + IMAGE + "\",", "", "containers[0].image",
						"is missing, and EAS runs health checks for custom images only"),
				of(FindingCode.LIVENESS_BEFORE_START, "\"startup_check\"", "\"sidecar\"", LIVENESS,
						"should leave an instance 60 s to start, leaves 20 s"),
				of(FindingCode.STARTUP_TOO_SHORT, "\"failure_threshold\": 60", "\"failure_threshold\": 30",
						"containers[0].startup_check",
						"should leave an instance 60 s to start, leaves 58 s. Write a failure_threshold of at least 31."),
				of(FindingCode.COMMAND_SCRIPT, COMMAND, "cd /app && java -jar app.jar", "containers[0].command",
						"must be a single command, has \"&&\""),
				of(FindingCode.COMMAND_SCRIPT, COMMAND, "sh -c 'cd /app && java -jar app.jar'", "containers[0].command",
						"must be a single command, has \"&&\""),
				of(FindingCode.MISSING_KEY, COMMAND, "", "containers[0].command", "is empty. Write the command, or"),
				of(FindingCode.MISSING_KEY, COMMAND, "  ", "containers[0].command", "is empty"),
				of(FindingCode.COMMAND_QUOTE, COMMAND, "python -c 'print(1)", "containers[0].command",
						"must close every quote"),
				of(FindingCode.IMAGE_REGISTRY, IMAGE, "registry.cn-hangzhou.aliyuncs.com/models/digits:1.0",
						"containers[0].image", "write \"registry-vpc.cn-hangzhou.aliyuncs.com/models/digits:1.0\"."),
				of(FindingCode.IMAGE_REGISTRY, IMAGE, "python:3.11", "containers[0].image",
						"write \"registry-vpc.<region>.aliyuncs.com/<namespace>/python:3.11\"."),
				of(FindingCode.IMAGE_PLACEHOLDER, "models/digits:1.0", "xxx/yyy:zzz", "containers[0].image",
						"was the placeholder"),
				of(FindingCode.IMAGE_TAG, "digits:1.0", "digits", "containers[0].image", "should name one version"),
				of(FindingCode.IMAGE_TAG, "digits:1.0", "digits:latest", "containers[0].image",
						"Write a tag other than latest"),
				of(FindingCode.SECRET_IN_ENV, "\"MODEL\"", "\"HF_TOKEN\"", "containers[0].env[0].value",
						"\"HF_TOKEN\" looks like one (not shown)"),
				of(FindingCode.SERVICE_NAME, "\"digits\"", "\"Digits-2\"", "metadata.name", "was \"Digits-2\""),
				of(FindingCode.NO_SIGTERM, "\"enable_sigterm\": true", "\"enable_sigterm\": false",
						"metadata.rpc.enable_sigterm", "a drain never starts"),
				of(FindingCode.GRACE_PERIOD, "grace_period\": 60", "grace_period\": 0",
						"metadata.eas.termination_grace_period", "should be between 1 and 3600 seconds, was 0"),
				of(FindingCode.GRACE_PERIOD, "grace_period\": 60", "grace_period\": 24",
						"metadata.eas.termination_grace_period",
						"should be at least 25 seconds, was 24: the health_check takes up to 3 x 5 s to fail, clients "
								+ "another 10 s to notice. Write that, and what requests under way may take"));
	}

	private static FindingCase of(FindingCode code, String text, String replacement, String path, String says) {
		return new FindingCase(code, text, replacement, path, says);
	}

	String json() {
		return ServiceFiles.good(this.text, this.replacement);
	}

	@Override
	public String toString() {
		return this.code + ": " + this.says;
	}

}
