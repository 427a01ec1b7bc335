package io.eas.actuate;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.eas.client.retry.RetryBudget;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.selection.InstanceDescription;
import io.eas.loadbalancer.selection.PickDescription;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import io.eas.service.ServiceDescription;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Endpoint that shows, for each service, the list of instances, the state of each
 * instance and the settings in force. Reads use memory only and never block. Writes need
 * {@code management.endpoint.eas.access=unrestricted}. Thread-safe.
 */
@Endpoint(id = "eas", defaultAccess = Access.READ_ONLY)
public class EasEndpoint {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofDays(1);

	private final EasServices services;

	private final Function<String, Map<String, SettingDescriptor>> settings;

	private final Clock clock;

	/**
	 * Creates the endpoint.
	 * @param services the services
	 * @param settings returns the settings of a service by its alias, without secrets
	 * @param clock the clock for the ages of lists and the ends of ejections
	 */
	public EasEndpoint(EasServices services, Function<String, Map<String, SettingDescriptor>> settings, Clock clock) {
		this.services = services;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Describes all services, without their settings.
	 * @return the services by alias, in the order of the configuration
	 */
	@ReadOperation
	public ServicesDescriptor services() {
		Map<String, ServiceDescriptor> all = new LinkedHashMap<>();
		this.services.all().forEach((service) -> all.put(service.name(), describe(service, null, null)));
		return new ServicesDescriptor(all);
	}

	/**
	 * Describes a service.
	 * @param alias the alias of the service
	 * @param picks the number of recent picks to return, from 1 to
	 * {@value PickDescription#MOST}, or null for none. Picks are recorded only from the
	 * first request with this parameter until a minute after the last such request
	 * @return the service, or null if there is none with this alias
	 * @throws InvalidEndpointRequestException if the number of picks is out of range
	 */
	@ReadOperation
	public @Nullable ServiceDescriptor service(@Selector String alias, @Nullable Integer picks) {
		if (picks != null && (picks < 1 || picks > PickDescription.MOST)) {
			throw wrong("picks must be between 1 and " + PickDescription.MOST + ", was " + picks);
		}
		EasService service = this.services.find(alias);
		if (service == null) {
			return null;
		}
		return describe(service, (picks != null) ? service.selector().lastPicks(picks, this.clock.instant()) : null,
				this.settings.apply(alias));
	}

	private ServiceDescriptor describe(EasService service) {
		return describe(service, null, this.settings.apply(service.name()));
	}

	private ServiceDescriptor describe(EasService service, @Nullable List<PickDescription> picks,
			@Nullable Map<String, SettingDescriptor> settings) {
		ServiceDescription now = service.describe(this.clock.instant());
		return new ServiceDescriptor(now.summary(), now.list(), now.instances(), picks, now.callsInFlight(),
				now.retryBudget(), settings);
	}

	/**
	 * Polls discovery now, without waiting for the result. Does nothing while a poll is
	 * under way.
	 * @param alias the alias of the service
	 * @return the service, usually as it was before the poll
	 * @throws IllegalArgumentException if there is no such service
	 * @throws IllegalStateException if the instances are set in the configuration
	 */
	@WriteOperation
	public ServiceDescriptor refresh(@Selector String alias) {
		EasService service = this.services.service(alias);
		if (!service.refresh()) {
			throw new IllegalStateException(
					"the instances of " + alias + " are set in the configuration, so there is nothing to refresh");
		}
		return describe(service);
	}

	/**
	 * Ejects an instance for a time, after which a trial decides whether it is used
	 * again.
	 * @param alias the alias of the service
	 * @param address the host and port of the instance
	 * @param time the duration, from 1 ms to a day; by default {@code ejection.max-time}
	 * @return the service after the change
	 * @throws IllegalArgumentException if there is no such service or instance
	 * @throws IllegalStateException if the instance takes no traffic or is the last
	 * instance in use
	 * @throws InvalidEndpointRequestException if the time is out of range
	 */
	@WriteOperation
	public ServiceDescriptor eject(@Selector String alias, @Selector String address, @Nullable Duration time) {
		if (time != null && (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0)) {
			throw wrong("time must be between 1ms and 1d, was " + time);
		}
		EasService service = this.services.service(alias);
		service.selector().eject(EasInstance.parse(address), time);
		return describe(service);
	}

	static InvalidEndpointRequestException wrong(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

	/**
	 * Takes an ejected or avoided instance back into use, without a trial. Has no effect
	 * on an instance in use.
	 * @param alias the alias of the service
	 * @param address the host and port of the instance
	 * @return the service after the change
	 * @throws IllegalArgumentException if there is no such service or instance
	 */
	@DeleteOperation
	public ServiceDescriptor restore(@Selector String alias, @Selector String address) {
		EasService service = this.services.service(alias);
		service.selector().restore(EasInstance.parse(address));
		return describe(service);
	}

	/**
	 * All services.
	 *
	 * @param services the services by alias
	 */
	public record ServicesDescriptor(Map<String, ServiceDescriptor> services) implements OperationResponseBody {

	}

	/**
	 * A service.
	 *
	 * @param summary see {@link ServiceDescription#summary}
	 * @param list see {@link ServiceDescription#list}
	 * @param instances see {@link ServiceDescription#instances}
	 * @param picks the last picks, the newest first; null unless requested
	 * @param callsInFlight see {@link ServiceDescription#callsInFlight}
	 * @param retryBudget see {@link ServiceDescription#retryBudget}
	 * @param settings the settings in force, by their key relative to the service:
	 * configured settings first, the token masked; null in the description of all
	 * services
	 */
	public record ServiceDescriptor(String summary, ServiceDescription.Listing list,
			List<InstanceDescription> instances, @Nullable List<PickDescription> picks, long callsInFlight,
			RetryBudget.Balance retryBudget,
			@Nullable Map<String, SettingDescriptor> settings) implements OperationResponseBody {

	}

	/**
	 * A setting in force.
	 *
	 * @param value the value, as written in a configuration; masked if it is a secret
	 * @param property the full name of the property that the value was read from, either
	 * of the service or shared; null if the value wasn't read from a property
	 * @param origin where the value was read from, such as a line of a file or an
	 * environment variable; {@code default} if nothing sets it
	 */
	public record SettingDescriptor(Object value, @Nullable String property, String origin) {

	}

}
