/**
 * Measures how much time the starter adds to the start of an application. Start with
 * {@link io.eas.benchmarks.start.StartCommand}.
 */
@NullMarked
package io.eas.benchmarks.start;

import org.jspecify.annotations.NullMarked;
