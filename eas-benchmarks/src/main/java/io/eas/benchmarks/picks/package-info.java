/**
 * Measures the cost and the distribution of picks, compared with those of other clients.
 * Start with {@link io.eas.benchmarks.picks.PicksCommand}; only
 * {@link io.eas.benchmarks.picks.OurPicks} depends on how the client picks.
 */
@NullMarked
package io.eas.benchmarks.picks;

import org.jspecify.annotations.NullMarked;
