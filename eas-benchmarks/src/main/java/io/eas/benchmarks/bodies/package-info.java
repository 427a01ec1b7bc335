/**
 * Measures what large bodies and long streams cost the caller, and whether backpressure
 * slows down the instance if a reader is slow or stops reading. Start with
 * {@link io.eas.benchmarks.bodies.BodiesCommand}.
 */
@NullMarked
package io.eas.benchmarks.bodies;

import org.jspecify.annotations.NullMarked;
