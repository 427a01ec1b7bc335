package io.eas.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Describes a service. Not thread-safe.
 */
public final class ServiceBuilder {

	private @Nullable String token;

	private final List<InstanceSpec> instances = new ArrayList<>();

	ServiceBuilder() {
	}

	/**
	 * Lets only those pass who know the token, as signature, bearer token or bare.
	 * @param token the token; {@code null}, as without this call, lets everybody pass
	 * @return this
	 */
	public ServiceBuilder token(@Nullable String token) {
		this.token = token;
		return this;
	}

	/**
	 * Adds an instance.
	 * @param instance describes it
	 * @return this
	 */
	public ServiceBuilder instance(Consumer<InstanceBuilder> instance) {
		return instances(1, instance);
	}

	/**
	 * Adds instances that are alike.
	 * @param count how many
	 * @param instance describes each
	 * @return this
	 */
	public ServiceBuilder instances(int count, Consumer<InstanceBuilder> instance) {
		for (int i = 0; i < count; i++) {
			this.instances.add(spec(instance));
		}
		return this;
	}

	static InstanceSpec spec(Consumer<InstanceBuilder> instance) {
		InstanceBuilder builder = new InstanceBuilder();
		instance.accept(builder);
		return builder.spec();
	}

	@Nullable String token() {
		return this.token;
	}

	List<InstanceSpec> specs() {
		return List.copyOf(this.instances);
	}

}
