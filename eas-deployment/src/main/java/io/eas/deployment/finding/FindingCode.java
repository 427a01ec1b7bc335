package io.eas.deployment.finding;

import java.util.Locale;

/**
 * The codes of findings, one for each rule by which a {@code service.json} is read and
 * validated. The names are stable.
 */
public enum FindingCode {

	/** The file isn't JSON, or isn't an object. */
	NOT_JSON(Severity.ERROR, "the file isn't JSON, or not an object"),

	/** Text follows the object. */
	TRAILING_TEXT(Severity.ERROR, "there is text after the end of the object"),

	/** A key occurs twice in an object, or a name twice in {@code env}. */
	DUPLICATE_KEY(Severity.ERROR, "a key stands twice in one object, or a name twice in one `env`"),

	/** A value has the wrong type. */
	WRONG_TYPE(Severity.ERROR, "a value has the wrong type, such as a number in quotes"),

	/** A required key is missing. */
	MISSING_KEY(Severity.ERROR, "a key that must be there is missing"),

	/** A number is too small, too large or not whole. */
	OUT_OF_RANGE(Severity.ERROR, "a number is too small, too large or not whole"),

	/** A known key is {@code null}. */
	NULL_VALUE(Severity.WARNING, "a known key is `null`, which counts as left out"),

	/** An unknown key looks like a misspelt known key. */
	UNKNOWN_KEY(Severity.WARNING, "a key isn't known but looks like one that is, such as `livenessProbe`"),

	/** A known key is in the wrong place. */
	MISPLACED_KEY(Severity.WARNING, "a known key is in the wrong place, such as `instance` outside of `metadata`"),

	/** A value is a placeholder of asterisks. */
	PLACEHOLDER(Severity.WARNING, "a value is a placeholder such as `****`"),

	/** The service has two names. */
	NAME_CONFLICT(Severity.ERROR, "`name` and `metadata.name` are two different names"),

	/** The service defines nothing that serves requests. */
	NOTHING_TO_RUN(Severity.ERROR, "there is neither a container nor a `processor`"),

	/** An entry of {@code env} isn't a pair of texts. */
	ENV_ENTRY(Severity.ERROR, "an entry of `env` isn't `{\"name\": …, \"value\": …}` with two texts"),

	/** A check has no method or several. */
	CHECK_METHOD(Severity.ERROR, "a check has none or several of `http_get`, `tcp_socket` and `exec`"),

	/** The command of {@code exec} isn't an array. */
	EXEC_STRING(Severity.ERROR, "`exec` or its `command` is a text, not an array"),

	/** The first element of {@code exec.command} isn't a program. */
	EXEC_PROGRAM(Severity.ERROR, "the first element of `exec.command` is empty or a whole command line"),

	/** A port belongs to the engine of EAS. */
	RESERVED_PORT(Severity.ERROR, "8080 and 9090 belong to the EAS engine, in a container and in a check"),

	/** Two containers have the same port. */
	PORT_CONFLICT(Severity.ERROR, "two containers listen on the same port; they share one network"),

	/** A container with a web server has no port. */
	NO_PORT(Severity.WARNING, "no container has a `port`, although `enable_webservice` is on"),

	/** A check uses a port of no container. */
	CHECK_PORT(Severity.WARNING,
			"a check uses a port that no container has, and that neither a variable such as `MANAGEMENT_SERVER_PORT` nor an option such as `--management.server.port` sets"),

	/** A process is told to listen on a port that EAS doesn't use. */
	LISTEN_PORT(Severity.WARNING, "a command, or a variable such as `PORT`, names another port than the container's"),

	/** A process is told to listen on the loopback address, where EAS can't reach it. */
	LOOPBACK_ADDRESS(Severity.ERROR,
			"a command, or a variable such as `SERVER_ADDRESS`, makes the process listen on 127.0.0.1 only"),

	/** A process may listen on the loopback address, where EAS can't reach it. */
	LOOPBACK_POSSIBLE(Severity.WARNING,
			"a process may listen on 127.0.0.1 only, by the default of its server, by `HOST`, or by a branch of a script"),

	/** A service has more than three checks. */
	TOO_MANY_CHECKS(Severity.ERROR, "a service has more than three checks"),

	/** A service has two checks of the same kind. */
	TWO_OF_A_KIND(Severity.ERROR, "a service has two checks of the same kind"),

	/** The success threshold of a liveness or startup check isn't 1. */
	SUCCESS_THRESHOLD(Severity.ERROR, "`success_threshold` of a liveness or startup check isn't 1"),

	/** A check may take longer than its period. */
	TIMEOUT_OVER_PERIOD(Severity.WARNING, "`timeout_seconds` is longer than `period_seconds`"),

	/** A timing is left to a default. */
	TIMING_DEFAULT(Severity.WARNING, "a timing is left out, and the documented defaults contradict each other"),

	/** A check's path doesn't start with a slash. */
	CHECK_PATH(Severity.ERROR, "`http_get.path` doesn't start with one slash, is a whole URL, or has a blank"),

	/** A service has containers but no readiness check. */
	NO_READINESS(Severity.WARNING, "there is no `health_check`: dead instances keep getting traffic"),

	/** A container has health checks, but no image. */
	CHECKS_WITHOUT_IMAGE(Severity.ERROR, "a container has checks but no `image`; EAS checks custom images only"),

	/** The liveness check kills an instance before it has started. */
	LIVENESS_BEFORE_START(Severity.WARNING,
			"the liveness check kills an instance that is still starting, and no startup check holds it back"),

	/** The startup check kills an instance before it has started. */
	STARTUP_TOO_SHORT(Severity.WARNING, "the startup check gives up on an instance that is still starting"),

	/** {@code command} is a script. */
	COMMAND_SCRIPT(Severity.ERROR, "`command` is a shell script; EAS takes a single command"),

	/** {@code command} has a quote that isn't closed. */
	COMMAND_QUOTE(Severity.ERROR, "a quote in `command` isn't closed"),

	/** A container has {@code command} and {@code script}. */
	COMMAND_AND_SCRIPT(Severity.WARNING,
			"a container has both `command` and `script`; nothing says which one EAS runs"),

	/** The image is not in a registry inside the VPC. */
	IMAGE_REGISTRY(Severity.ERROR, "`image` isn't an address at a registry inside the VPC; EAS has no public network"),

	/** The image is in a registry that may be inside the VPC. */
	IMAGE_OWN_REGISTRY(Severity.WARNING, "`image` is at a registry of your own, which EAS reaches only inside the VPC"),

	/** The image is a placeholder. */
	IMAGE_PLACEHOLDER(Severity.WARNING, "`image` is a placeholder such as `xxx/yyy:zzz`"),

	/** The image has no fixed version. */
	IMAGE_TAG(Severity.WARNING, "`image` has no tag, or `latest`: nobody knows which one runs"),

	/** Something in {@code env} looks like a secret. */
	SECRET_IN_ENV(Severity.WARNING,
			"a variable in `env` looks like a secret; everyone who can read the file can read it"),

	/** Something in a command looks like a secret. */
	SECRET_IN_COMMAND(Severity.WARNING,
			"a word of `command`, `script` or `exec` looks like a secret; everyone who can read the file can read it"),

	/** Another text looks like a secret. */
	SECRET_IN_VALUE(Severity.WARNING,
			"another text looks like a secret, such as a password in an address of `storage`; everyone who can read the file can read it"),

	/** The service's name has an unusual form. */
	SERVICE_NAME(Severity.WARNING, "the service's name isn't 3 to 63 lowercase letters, digits and underscores"),

	/** A number was probably meant in another unit. */
	UNLIKELY_UNIT(Severity.WARNING,
			"`rpc.keepalive` is below 1000, though in milliseconds, or `memory` below 128, though in MB"),

	/** The smallest number of instances is above the largest. */
	AUTOSCALER_RANGE(Severity.ERROR, "`autoscaler.min` is above `autoscaler.max`"),

	/** The mount path of a storage isn't absolute. */
	MOUNT_PATH(Severity.WARNING, "`mount_path` doesn't start with a slash"),

	/** Two storages have the same mount path. */
	MOUNT_CONFLICT(Severity.ERROR, "two storages have the same `mount_path`"),

	/** The source of a mount isn't an address in OSS. */
	OSS_PATH(Severity.ERROR, "`oss.path` isn't `oss://`, a bucket and a path"),

	/** Instances get no SIGTERM before they end. */
	NO_SIGTERM(Severity.WARNING, "`rpc.enable_sigterm` is off: instances end without notice, so a drain never starts"),

	/** The grace period is probably not what was intended. */
	GRACE_PERIOD(Severity.WARNING,
			"`eas.termination_grace_period` is 0, more than an hour, or too short for clients to learn that an "
					+ "instance ends");

	private final Severity severity;

	private final String summary;

	FindingCode(Severity severity, String summary) {
		this.severity = severity;
		this.summary = summary;
	}

	/**
	 * Returns the severity of findings with this code.
	 * @return the severity
	 */
	public Severity severity() {
		return this.severity;
	}

	/**
	 * Returns the description of the rule.
	 * @return a clause for people, in Markdown
	 */
	public String summary() {
		return this.summary;
	}

	/**
	 * Returns the code in its printed form.
	 * @return an id such as {@code not-json}
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	@Override
	public String toString() {
		return id();
	}

}
