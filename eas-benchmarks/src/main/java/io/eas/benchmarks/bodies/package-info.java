/**
 * Large bodies and long streams: what they cost the caller, and whether a slow reader, or
 * one that stops reading, slows the instance down by backpressure. Start with
 * {@link io.eas.benchmarks.bodies.BodiesCommand}.
 */
@NullMarked
package io.eas.benchmarks.bodies;

import org.jspecify.annotations.NullMarked;
