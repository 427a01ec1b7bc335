/**
 * Generates and measures load, independently of the client that makes the calls. Start
 * with {@link io.eas.benchmarks.load.ClosedLoop}.
 */
@NullMarked
package io.eas.benchmarks.load;

import org.jspecify.annotations.NullMarked;
