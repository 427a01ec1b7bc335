package io.eas.discovery;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a response of the discovery API. Thread-safe.
 *
 * <p>
 * The response has the form {@code {"endpoints": {"items": [{"ip": …, "port": …,
 * "weight": …}]}}}, as described in the EAS documentation; other members are ignored.
 */
final class UpstreamsReader {

	/**
	 * Shared by all services, because the mapper caches metadata of types, but nothing of
	 * responses.
	 */
	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final InstanceItems instanceItems;

	UpstreamsReader(AllowedNetworks allowedNetworks) {
		this.instanceItems = new InstanceItems(allowedNetworks);
	}

	/**
	 * Reads the body of a response.
	 * @param body the bytes, whatever charset the response declares
	 * @return the usable instances, at least one, and the dropped items
	 * @throws DiscoveryException if no instance can be used, or if the body doesn't have
	 * this form; {@linkplain DiscoveryException#notFound not found} if all addresses are
	 * outside of the allowed networks
	 */
	DiscoveryAnswer read(byte[] body) {
		JsonNode items = parse(body).path("endpoints").path("items");
		if (!items.isArray()) {
			throw new DiscoveryException("the answer has no array endpoints.items", null);
		}
		return this.instanceItems.read(items);
	}

	private JsonNode parse(byte[] body) {
		try {
			return JSON.readTree(body);
		}
		catch (JacksonException ex) {
			throw new DiscoveryException("the answer is not JSON: " + ex.getOriginalMessage(), null);
		}
	}

}
