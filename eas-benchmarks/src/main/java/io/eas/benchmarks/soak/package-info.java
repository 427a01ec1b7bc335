/**
 * A long run over instances that keep being replaced. Start with
 * {@link io.eas.benchmarks.soak.SoakCommand}.
 */
@NullMarked
package io.eas.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
