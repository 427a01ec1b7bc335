package io.eas.discovery;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the answer of the discovery API. Thread-safe.
 *
 * <p>
 * The form is {@code {"endpoints": {"items": [{"ip": …, "port": …, "weight": …}]}}}, as
 * the EAS documentation shows it; other members are ignored.
 */
final class UpstreamsReader {

	/** One for all services: it caches what it knows of types, and nothing of answers. */
	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final InstanceItems instanceItems;

	UpstreamsReader(AllowedNetworks allowedNetworks) {
		this.instanceItems = new InstanceItems(allowedNetworks);
	}

	/**
	 * Reads an answer's body.
	 * @param body the bytes, whatever charset was announced
	 * @return at least one instance
	 * @throws DiscoveryException if there is none, or this isn't such an answer;
	 * {@linkplain DiscoveryException#notFound not found} if all are outside of the
	 * allowed networks
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
