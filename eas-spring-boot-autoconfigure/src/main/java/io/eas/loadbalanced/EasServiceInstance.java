package io.eas.loadbalanced;

import java.net.URI;
import java.util.Map;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.InstanceState;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;

/**
 * An instance for Spring Cloud LoadBalancer. Two objects are equal if they have the same
 * service and address, whatever their states are.
 *
 * @param serviceId the alias of the service
 * @param state the state of the instance
 * @param secure whether connections to the instance use TLS
 */
public record EasServiceInstance(String serviceId, InstanceState state, boolean secure) implements ServiceInstance {

	/**
	 * Returns the instance.
	 * @return the instance, with its current weight
	 */
	public EasInstance instance() {
		return this.state.instance();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof EasServiceInstance that && this.serviceId.equals(that.serviceId)
				&& instance().equals(that.instance());
	}

	@Override
	public int hashCode() {
		return 31 * this.serviceId.hashCode() + instance().hashCode();
	}

	@Override
	public String getInstanceId() {
		return instance().address();
	}

	@Override
	public String getServiceId() {
		return this.serviceId;
	}

	@Override
	public String getHost() {
		return instance().host();
	}

	@Override
	public int getPort() {
		return instance().port();
	}

	@Override
	public boolean isSecure() {
		return this.secure;
	}

	@Override
	public URI getUri() {
		return URI.create(getScheme() + "://" + instance().address());
	}

	@Override
	public String getScheme() {
		return this.secure ? "https" : "http";
	}

	@Override
	public Map<String, String> getMetadata() {
		return Map.of("weight", Integer.toString(instance().weight()));
	}

}
