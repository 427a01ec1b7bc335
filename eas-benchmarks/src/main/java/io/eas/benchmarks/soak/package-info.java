/**
 * A long run of calls to instances that are replaced all the time. Start with
 * {@link io.eas.benchmarks.soak.SoakCommand}.
 */
@NullMarked
package io.eas.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
