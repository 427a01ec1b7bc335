package io.eas.metrics;

import java.util.Iterator;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Propagator;
import io.micrometer.observation.transport.RequestReplySenderContext;
import org.jspecify.annotations.Nullable;

/**
 * Observation context that keeps the low-cardinality key values of the convention as one
 * object. Micrometer's own contexts copy them to a map and back several times per call.
 *
 * @param <C> the type of the carrier
 * @param <R> the type of the response
 */
abstract class ReadyKeyValues<C, R> extends RequestReplySenderContext<C, R> {

	private volatile KeyValues values = KeyValues.empty();

	ReadyKeyValues(Propagator.Setter<C> setter) {
		super(setter);
	}

	@Override
	public final KeyValues getLowCardinalityKeyValues() {
		return this.values;
	}

	@Override
	public final @Nullable KeyValue getLowCardinalityKeyValue(String key) {
		return this.values.stream().filter((value) -> value.getKey().equals(key)).findFirst().orElse(null);
	}

	@Override
	public final synchronized Observation.Context addLowCardinalityKeyValues(KeyValues added) {
		this.values = hasKeysOf(added) ? added : this.values.and(added);
		return this;
	}

	/**
	 * Returns whether the other key values have the same keys as the current ones. A
	 * convention returns the same keys at the start and at the end of a call.
	 */
	private boolean hasKeysOf(KeyValues others) {
		Iterator<KeyValue> mine = this.values.iterator();
		for (KeyValue other : others) {
			if (!mine.hasNext() || !mine.next().getKey().equals(other.getKey())) {
				return false;
			}
		}
		return !mine.hasNext();
	}

	@Override
	public final Observation.Context addLowCardinalityKeyValue(KeyValue added) {
		return addLowCardinalityKeyValues(KeyValues.of(added));
	}

	@Override
	public final synchronized Observation.Context removeLowCardinalityKeyValue(String key) {
		this.values = KeyValues.of(this.values.stream().filter((value) -> !value.getKey().equals(key)).toList());
		return this;
	}

}
