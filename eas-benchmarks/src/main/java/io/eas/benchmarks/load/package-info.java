/**
 * Generates load and measures it, independent of what is called. Start with
 * {@link io.eas.benchmarks.load.ClosedLoop}.
 */
@NullMarked
package io.eas.benchmarks.load;

import org.jspecify.annotations.NullMarked;
