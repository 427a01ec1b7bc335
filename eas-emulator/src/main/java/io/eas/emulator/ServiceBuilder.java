package io.eas.emulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.eas.emulator.net.Assert;
import org.jspecify.annotations.Nullable;

/**
 * Configures a service. Not thread-safe.
 */
public final class ServiceBuilder {

	private @Nullable String token;

	private final List<InstanceSpec> instances = new ArrayList<>();

	private @Nullable InstanceSpec pattern;

	private boolean wait = true;

	ServiceBuilder() {
	}

	/**
	 * Sets the token that callers must send: as a signature, as a bearer token or as the
	 * bare value of the header.
	 * @param token the token; {@code null} (the default) accepts every caller
	 * @return this
	 */
	public ServiceBuilder token(@Nullable String token) {
		this.token = token;
		return this;
	}

	/**
	 * Adds an instance.
	 * @param instance configures the instance
	 * @return this
	 */
	public ServiceBuilder instance(Consumer<InstanceBuilder> instance) {
		return instances(1, instance);
	}

	/**
	 * Adds several instances with the same configuration.
	 * @param count the number of instances
	 * @param instance configures each of them
	 * @return this
	 */
	public ServiceBuilder instances(int count, Consumer<InstanceBuilder> instance) {
		for (int i = 0; i < count; i++) {
			add(1, spec(instance));
		}
		return this;
	}

	static int checkCount(int count) {
		Assert.isTrue(count >= 0, "the number of instances must be 0 or more, was " + count);
		return count;
	}

	static InstanceSpec spec(Consumer<InstanceBuilder> instance) {
		InstanceBuilder builder = new InstanceBuilder();
		instance.accept(builder);
		return builder.spec();
	}

	ServiceBuilder waitUntilReady(boolean wait) {
		this.wait = wait;
		return this;
	}

	ServiceBuilder add(int count, InstanceSpec spec) {
		if (this.pattern == null) {
			this.pattern = spec;
		}
		this.instances.addAll(Collections.nCopies(count, spec));
		return this;
	}

	/**
	 * Returns the description of instances that are added later; {@code null} if there is
	 * none.
	 */
	@Nullable InstanceSpec pattern() {
		return this.pattern;
	}

	boolean waitsUntilReady() {
		return this.wait;
	}

	@Nullable String token() {
		return this.token;
	}

	List<InstanceSpec> specs() {
		return List.copyOf(this.instances);
	}

}
