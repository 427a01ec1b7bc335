/**
 * Trains the network on the MNIST data set, and measures it. Start with
 * {@link io.eas.sample.model.training.Training}, whose documentation says how to run it.
 * The running service does not need this package.
 */
@NullMarked
package io.eas.sample.model.training;

import org.jspecify.annotations.NullMarked;
