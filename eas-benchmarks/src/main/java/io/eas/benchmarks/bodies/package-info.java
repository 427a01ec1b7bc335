/**
 * Large bodies and long streams: what carrying them costs the caller, and whether a
 * reader that is slow, or has had enough, holds the instance back. Start with
 * {@link io.eas.benchmarks.bodies.BodiesCommand}.
 */
@NullMarked
package io.eas.benchmarks.bodies;

import org.jspecify.annotations.NullMarked;
