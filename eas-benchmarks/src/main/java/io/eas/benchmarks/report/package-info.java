/**
 * The printed report, and the targets of measurements. Start with
 * {@link io.eas.benchmarks.report.Report}.
 */
@NullMarked
package io.eas.benchmarks.report;

import org.jspecify.annotations.NullMarked;
