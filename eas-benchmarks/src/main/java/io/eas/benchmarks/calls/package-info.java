/**
 * The call path, measured with one process per variant. Start with
 * {@link io.eas.benchmarks.calls.CallsCommand}.
 */
@NullMarked
package io.eas.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
