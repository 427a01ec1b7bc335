/**
 * What a pick costs, and how evenly picks are spread, beside the peers. Start with
 * {@link io.eas.benchmarks.picks.PicksCommand}; all that knows how the client picks is in
 * {@link io.eas.benchmarks.picks.OurPicks}.
 */
@NullMarked
package io.eas.benchmarks.picks;

import org.jspecify.annotations.NullMarked;
