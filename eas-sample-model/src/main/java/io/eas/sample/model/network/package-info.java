/**
 * The neural network: classification and storage. Start with
 * {@link io.eas.sample.model.network.Network}.
 */
@NullMarked
package io.eas.sample.model.network;

import org.jspecify.annotations.NullMarked;
