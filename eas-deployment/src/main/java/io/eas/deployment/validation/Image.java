package io.eas.deployment.validation;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of an image: {@code host/repository:tag}.
 *
 * @param written the address as written, for people: without user information
 * @param host the registry with its port, if there is one; empty if there is no registry,
 * which means Docker Hub
 * @param name the part after the host, with tag or digest
 */
record Image(String written, String host, String name) {

	// registries of the platform (eas- and dsw-) and of companies:
	// NAME-registry-vpc.REGION.cr.…; of single users: crpi-ID-vpc.REGION.personal.cr.…;
	// of clusters: registry-REGION-vpc
	private static final Pattern VPC = Pattern
		.compile("(([a-z0-9-]+-)?registry-vpc\\.[a-z0-9-]+\\.(cr\\.)?aliyuncs\\.com"
				+ "|[a-z0-9-]+-vpc\\.[a-z0-9-]+\\.personal\\.cr\\.aliyuncs\\.com"
				+ "|registry-[a-z0-9-]+-vpc\\.ack\\.aliyuncs\\.com)(:\\d+)?");

	private static final Pattern PUBLIC = Pattern
		.compile("(([a-z0-9-]+-)?registry|crpi-[a-z0-9]+)(\\.[a-z0-9-]+\\.((personal\\.)?cr\\.)?aliyuncs\\.com)");

	/** Public registries, which are outside of every VPC. */
	private static final Pattern KNOWN = Pattern
		.compile("(.*\\.)?(docker\\.(io|com)|ghcr\\.io|docker\\.pkg\\.github\\.com"
				+ "|quay\\.io|gcr\\.io|pkg\\.dev|k8s\\.io|microsoft\\.com|azurecr\\.io|ecr\\.aws|amazonaws\\.com|nvcr\\.io"
				+ "|gitlab\\.com|redhat\\.(io|com)|elastic\\.co|huggingface\\.co|hf\\.space|tencentyun\\.com|myhuaweicloud\\.com"
				+ "|baidubce\\.com|volces\\.com|daocloud\\.io)(:\\d+)?|localhost(:\\d+)?|127\\..*|\\[?::1]?(:\\d+)?"
				+ "|.*aliyuncs\\.com.*");

	private static final Pattern PLACEHOLDER = Pattern.compile(
			"x{2,}|y{2,}|z{2,}|your[-_].*|my[-_](image|repo|namespace)|.*[*<>{}\\[\\]].*|\\.{3}|…",
			Pattern.CASE_INSENSITIVE);

	// a digest has an @ too, but no slash after it
	private static final Pattern USER = Pattern.compile("^([A-Za-z]+://)?[^/]+@(?=[^/]+/)");

	private static final Pattern BEFORE_HOST = Pattern.compile("^([A-Za-z]+://)?([^/]+@(?=[^/]+/))?");

	/**
	 * Splits an address into its parts.
	 * @param written the address
	 * @return its parts
	 */
	static Image of(String written) {
		String address = BEFORE_HOST.matcher(written).replaceFirst("");
		int slash = address.indexOf('/');
		String first = (slash > 0) ? address.substring(0, slash) : "";
		boolean host = first.contains(".") || first.contains(":") || first.equals("localhost")
				|| PLACEHOLDER.matcher(first).matches();
		return new Image(USER.matcher(written).replaceFirst("$1…@"), host ? first : "",
				host ? address.substring(slash + 1) : address);
	}

	boolean isBlank() {
		return this.written.isBlank();
	}

	/**
	 * Returns whether the text is a plain address, without a scheme, a user or a blank.
	 */
	boolean isPlain() {
		return this.written.equals(address()) && this.written.chars().noneMatch(Character::isWhitespace);
	}

	/**
	 * Returns the address alone, without scheme, user or blanks.
	 */
	String address() {
		return (this.host.isEmpty() ? this.name : this.host + '/' + this.name).strip();
	}

	boolean inVpc() {
		return VPC.matcher(this.host).matches();
	}

	/**
	 * Returns whether the registry may be a private registry of the user.
	 */
	boolean mayBeOwn() {
		return !this.host.isEmpty() && !inVpc() && !KNOWN.matcher(this.host).matches();
	}

	boolean hostIsPlaceholder() {
		return PLACEHOLDER.matcher(this.host).matches() || (this.host.isEmpty() && this.name.contains("*"));
	}

	boolean isPlaceholder() {
		return Arrays.stream(address().split("[/:@]")).anyMatch((part) -> PLACEHOLDER.matcher(part).matches());
	}

	boolean hasVersion() {
		int colon = this.name.indexOf(':');
		return this.name.contains("@")
				|| (colon >= 0 && !this.name.substring(colon).equals(":latest") && !this.name.endsWith(":"));
	}

	/**
	 * Returns an address from which EAS can pull.
	 * @return the address of the same registry in the VPC; a template to fill in if no
	 * such address is known
	 */
	String proposal() {
		Matcher host = PUBLIC.matcher(this.host);
		String vpc = host.matches() ? host.group(1) + "-vpc" + host.group(3) : "registry-vpc.<region>.aliyuncs.com";
		return vpc + '/' + (host.matches() ? this.name
				: "<namespace>/" + (isBlank() ? "<name>:<tag>" : this.name.substring(this.name.lastIndexOf('/') + 1)));
	}

}
