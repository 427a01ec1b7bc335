/**
 * Plots of results. Start with {@link io.eas.benchmarks.plot.PlotCommand}.
 */
@NullMarked
package io.eas.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
