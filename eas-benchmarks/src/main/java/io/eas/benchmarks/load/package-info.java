/**
 * Load and what is measured of it, whoever is called. Start with
 * {@link io.eas.benchmarks.load.ClosedLoop}.
 */
@NullMarked
package io.eas.benchmarks.load;

import org.jspecify.annotations.NullMarked;
