/**
 * Measures the cost of a call, with one process per client variant. Start with
 * {@link io.eas.benchmarks.calls.CallsCommand}.
 */
@NullMarked
package io.eas.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
