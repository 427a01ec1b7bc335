package io.eas.emulator.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.eas.emulator.instance.InstanceState;
import io.eas.emulator.lifecycle.Lifecycle;
import io.eas.emulator.lifecycle.StateText;
import org.jspecify.annotations.Nullable;

/**
 * The state of an emulator as JSON.
 *
 * @param endpoint host and port of discovery and gateway
 * @param discovery the discovery API
 * @param services each with its instances
 */
public record AdminState(String endpoint, Discovery discovery, List<Service> services) {

	/**
	 * The discovery API.
	 *
	 * @param fault its fault, for people
	 * @param requests how often it was asked
	 */
	public record Discovery(String fault, long requests) {
	}

	/**
	 * A service.
	 *
	 * @param name its name on EAS
	 * @param instances in the order of their indices
	 */
	public record Service(String name, List<Instance> instances) {
	}

	/**
	 * An instance.
	 *
	 * @param name what its output is logged under
	 * @param address host and port
	 * @param weight its weight
	 * @param pid its process, if it has one
	 * @param listed whether discovery and gateway know it
	 * @param state what it is doing
	 * @param fault its fault, for people
	 * @param requests how many arrived
	 * @param answers how many were answered, by status
	 * @param health where it stands under its health checks, if it has any
	 */
	public record Instance(String name, String address, int weight, @Nullable Long pid, boolean listed,
			InstanceState state, String fault, long requests, Map<Integer, Long> answers,
			@JsonInclude(Include.NON_NULL) @Nullable Health health) {
	}

	/**
	 * Where an instance stands under its health checks.
	 *
	 * @param state the state of its life, such as {@code not ready}
	 * @param since since when
	 * @param reason why it is being ended or does not run; empty while it runs
	 * @param restarts how often it was started again
	 * @param checks what the last check of each kind found
	 */
	public record Health(String state, Instant since, String reason, int restarts, Map<String, String> checks) {

		/**
		 * Describes a life.
		 * @param life an instance's life
		 * @return the life as of now
		 */
		public static Health of(Lifecycle life) {
			return new Health(StateText.of(life.state().phase()), life.state().since(), StateText.reason(life),
					life.restarts(), StateText.byKind(life));
		}

	}

}
