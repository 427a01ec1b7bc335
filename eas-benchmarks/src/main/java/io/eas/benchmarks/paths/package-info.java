/**
 * The ways to call that are measured beside each other, each called as cheaply as it can
 * be, without any class between it and its answer. Start with
 * {@link io.eas.benchmarks.paths.Variant}.
 */
@NullMarked
package io.eas.benchmarks.paths;

import org.jspecify.annotations.NullMarked;
