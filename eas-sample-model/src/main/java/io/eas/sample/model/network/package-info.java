/**
 * The neural network: how it answers, and how it is stored. Start with
 * {@link io.eas.sample.model.network.Network}.
 */
@NullMarked
package io.eas.sample.model.network;

import org.jspecify.annotations.NullMarked;
