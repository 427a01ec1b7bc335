package io.eas.emulator.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.eas.emulator.instance.InstanceState;
import io.eas.emulator.lifecycle.Lifecycle;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.lifecycle.StateText;
import org.jspecify.annotations.Nullable;

/**
 * The state of an emulator as JSON.
 *
 * @param endpoint host and port of discovery and gateway
 * @param discovery the discovery API
 * @param services the services with their instances
 */
public record AdminState(String endpoint, Discovery discovery, List<Service> services) {

	/** The state that is shown until a state has been recorded. */
	static final AdminState NOTHING = new AdminState("", new Discovery("none", 0), List.of());

	/**
	 * The discovery API.
	 *
	 * @param fault the current fault, for people
	 * @param requests the number of requests
	 */
	public record Discovery(String fault, long requests) {
	}

	/**
	 * A service.
	 *
	 * @param name its name on EAS
	 * @param instances in the order of their indices
	 * @param upstreams the answer of discovery for the service, as given without a fault
	 * of discovery
	 */
	public record Service(String name, List<Instance> instances, Object upstreams) {
	}

	/**
	 * An instance.
	 *
	 * @param name the name under which its output is logged
	 * @param address host and port
	 * @param weight the weight that discovery lists
	 * @param pid the id of its process, if it has one
	 * @param listed whether discovery and gateway list it
	 * @param state the current state
	 * @param fault the current fault, for people
	 * @param requests the number of requests that arrived
	 * @param inFlight the number of requests that are under way
	 * @param answers the number of responses by status
	 * @param health the state under its health checks, if it has any
	 */
	public record Instance(String name, String address, int weight, @Nullable Long pid, boolean listed,
			InstanceState state, String fault, long requests, long inFlight, Map<Integer, Long> answers,
			@JsonInclude(Include.NON_NULL) @Nullable Health health) {

		/**
		 * Returns the instance's condition, with the reason if it gets no traffic.
		 * @return the condition that follows from this state
		 */
		@JsonProperty
		public InstanceCondition condition() {
			return InstanceCondition.of(this);
		}

	}

	/**
	 * The state of an instance under its health checks.
	 *
	 * @param phase the phase of its lifecycle
	 * @param since the time at which this state began
	 * @param reason why the instance is being ended or does not run; empty while it runs
	 * @param restarts the number of restarts
	 * @param checks the result of the last check of each kind
	 */
	@JsonPropertyOrder("state")
	public record Health(@JsonIgnore Phase phase, Instant since, String reason, int restarts,
			Map<String, String> checks) {

		/**
		 * Describes the lifecycle of an instance.
		 * @param life the lifecycle
		 * @return its current state
		 */
		public static Health of(Lifecycle life) {
			return new Health(life.state().phase(), life.state().since(), StateText.reason(life), life.restarts(),
					StateText.byKind(life));
		}

		/**
		 * Returns the display name of the phase.
		 * @return a name such as {@code not ready}
		 */
		@JsonProperty
		public String state() {
			return StateText.of(this.phase);
		}

	}

}
