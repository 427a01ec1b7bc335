package io.eas.deployment.validation;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of an image: {@code host/repository:tag}.
 *
 * @param written as it was written
 * @param host the registry; empty where none is said, which means Docker Hub
 * @param name what follows the host, with tag or digest
 */
record Image(String written, String host, String name) {

	// registry-vpc.REGION.aliyuncs.com, NAME-registry-vpc.REGION.cr.aliyuncs.com (eas-
	// and
	// dsw- are the platform's own), and personal ones: crpi-ID-vpc.REGION.personal.cr.…
	private static final Pattern VPC = Pattern
		.compile("([a-z0-9-]+-)?registry-vpc\\.[a-z0-9-]+\\.(cr\\.)?aliyuncs\\.com"
				+ "|[a-z0-9-]+-vpc\\.[a-z0-9-]+\\.personal\\.cr\\.aliyuncs\\.com");

	private static final Pattern PUBLIC = Pattern
		.compile("(([a-z0-9-]+-)?registry|crpi-[a-z0-9]+)(\\.[a-z0-9-]+\\.((personal\\.)?cr\\.)?aliyuncs\\.com)");

	private static final Pattern PLACEHOLDER = Pattern.compile(
			"x{2,}|y{2,}|z{2,}|your[-_].*|my[-_](image|repo|namespace)|.*[<>{}\\[\\]].*|\\.{3}|…",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Takes an address apart.
	 * @param written the address
	 * @return its parts
	 */
	static Image of(String written) {
		int slash = written.indexOf('/');
		String first = (slash > 0) ? written.substring(0, slash) : "";
		boolean host = first.contains(".") || first.contains(":") || first.equals("localhost")
				|| PLACEHOLDER.matcher(first).matches();
		return host ? new Image(written, first, written.substring(slash + 1)) : new Image(written, "", written);
	}

	boolean inVpc() {
		return VPC.matcher(this.host).matches();
	}

	boolean hostIsPlaceholder() {
		return PLACEHOLDER.matcher(this.host).matches();
	}

	boolean isPlaceholder() {
		return Arrays.stream(this.written.split("[/:@]")).anyMatch((part) -> PLACEHOLDER.matcher(part).matches());
	}

	boolean hasVersion() {
		int colon = this.name.indexOf(':');
		return this.name.contains("@")
				|| (colon >= 0 && !this.name.substring(colon).equals(":latest") && !this.name.endsWith(":"));
	}

	/**
	 * An address that EAS can pull from.
	 * @return the same registry's address in the VPC, where it has one
	 */
	String proposal() {
		Matcher host = PUBLIC.matcher(this.host);
		String vpc = host.matches() ? host.group(1) + "-vpc" + host.group(3) : "registry-vpc.<region>.aliyuncs.com";
		return vpc + '/'
				+ (host.matches() ? this.name : "<namespace>/" + this.name.substring(this.name.lastIndexOf('/') + 1));
	}

}
