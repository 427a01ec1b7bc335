/**
 * What is printed, and what had to be reached. Start with
 * {@link io.eas.benchmarks.report.Report}.
 */
@NullMarked
package io.eas.benchmarks.report;

import org.jspecify.annotations.NullMarked;
