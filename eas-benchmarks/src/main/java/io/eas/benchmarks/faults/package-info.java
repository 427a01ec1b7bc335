/**
 * Measures the effects of faults on callers, with real sockets and processes. Start with
 * {@link io.eas.benchmarks.faults.FaultsCommand}; the cases are in
 * {@link io.eas.benchmarks.faults.ProcessCase} and
 * {@link io.eas.benchmarks.faults.LocalCase}.
 */
@NullMarked
package io.eas.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
