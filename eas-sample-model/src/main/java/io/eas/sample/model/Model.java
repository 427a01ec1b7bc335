package io.eas.sample.model;

import io.eas.sample.model.network.Network;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * Holds the network once it is loaded.
 */
@Component
class Model {

	private volatile @Nullable Network network;

	/**
	 * Returns the network. Throws an exception, which is answered with status 503, while
	 * the network is being loaded.
	 */
	Network network() {
		Network loaded = this.network;
		if (loaded == null) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
					"the model is still being loaded; ask again once /readyz answers 200");
		}
		return loaded;
	}

	void loaded(Network network) {
		this.network = network;
	}

}
