package io.eas.discovery.snapshot;

import java.util.List;

import io.eas.discovery.DiscoveryState;
import io.eas.instance.InstanceList;
import org.jspecify.annotations.Nullable;

/** A snapshot that does nothing, used if snapshots are disabled. */
public record NoSnapshot() implements ListSnapshot {

	@Override
	public void start() {
	}

	@Override
	public boolean restore() {
		return false;
	}

	@Override
	public void stop() {
	}

	@Override
	public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
	}

	@Override
	public void failed(DiscoveryState state) {
	}

}
