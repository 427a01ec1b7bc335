/**
 * The command-line program of the benchmarks.
 */
@NullMarked
package io.eas.benchmarks;

import org.jspecify.annotations.NullMarked;
