package io.eas.client;

import org.springframework.http.HttpMethod;

/**
 * The client of a service.
 *
 * @param service the service
 */
record ServiceClient(EasService service) implements EasClient {

	@Override
	public String name() {
		return this.service.name();
	}

	@Override
	public EasRequest method(HttpMethod method, String path) {
		return this.service.request(method, path);
	}

	@Override
	public String toString() {
		return "EAS client " + name();
	}

}
