/**
 * The program.
 */
@NullMarked
package io.eas.benchmarks;

import org.jspecify.annotations.NullMarked;
