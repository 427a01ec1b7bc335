package io.eas.loadbalancer;

import java.net.URI;
import java.util.Map;

import io.eas.instance.EasInstance;
import org.springframework.cloud.client.ServiceInstance;

/**
 * An instance as Spring Cloud LoadBalancer wants it.
 *
 * @param serviceId the alias of the service
 * @param instance the instance
 * @param secure whether it is spoken to over TLS
 */
record EasServiceInstance(String serviceId, EasInstance instance, boolean secure) implements ServiceInstance {

	@Override
	public String getInstanceId() {
		return this.instance.address();
	}

	@Override
	public String getServiceId() {
		return this.serviceId;
	}

	@Override
	public String getHost() {
		return this.instance.host();
	}

	@Override
	public int getPort() {
		return this.instance.port();
	}

	@Override
	public boolean isSecure() {
		return this.secure;
	}

	@Override
	public URI getUri() {
		return URI.create(getScheme() + "://" + this.instance.address());
	}

	@Override
	public String getScheme() {
		return this.secure ? "https" : "http";
	}

	@Override
	public Map<String, String> getMetadata() {
		return Map.of("weight", Integer.toString(this.instance.weight()));
	}

}
