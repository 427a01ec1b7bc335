/**
 * The call path, measured in one process a variant. Start with
 * {@link io.eas.benchmarks.calls.CallsCommand}.
 */
@NullMarked
package io.eas.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
