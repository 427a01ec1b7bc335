package io.eas.deployment.reader;

import java.util.LinkedHashMap;
import java.util.Map;

import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.RollingStrategy;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads {@code metadata}, after {@link DottedKeys} has unfolded its dotted keys.
 */
final class MetadataReader {

	private final ObjectKeys keys;

	MetadataReader(ObjectKeys keys) {
		this.keys = keys;
	}

	Metadata read() {
		ObjectKeys eas = this.keys.keys("eas");
		Integer gracePeriod = (eas != null) ? eas.number("termination_grace_period") : null;
		return new Metadata(this.keys.text("name"), this.keys.number("instance"), this.keys.truth("enable_webservice"),
				this.keys.text("group"), RpcReader.read(this.keys.keys("rpc")),
				rollingStrategy(this.keys.keys("rolling_strategy")), gracePeriod, others(eas));
	}

	private static @Nullable RollingStrategy rollingStrategy(@Nullable ObjectKeys keys) {
		if (keys == null) {
			return null;
		}
		return new RollingStrategy(keys.numberOrText("max_surge"), keys.numberOrText("max_unavailable"), keys.others());
	}

	private OtherKeys others(@Nullable ObjectKeys eas) {
		OtherKeys others = this.keys.others();
		OtherKeys otherOfEas = (eas != null) ? eas.others() : OtherKeys.NONE;
		if (otherOfEas.values().isEmpty()) {
			return others;
		}
		Map<String, JsonNode> values = new LinkedHashMap<>(others.values());
		ObjectNode node = JsonNodeFactory.instance.objectNode();
		otherOfEas.values().forEach(node::set);
		values.put("eas", node);
		return new OtherKeys(values);
	}

}
