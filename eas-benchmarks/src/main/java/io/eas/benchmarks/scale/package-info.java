/**
 * Many of everything: instances in a service, services in an application, callers of a
 * client. Start with {@link io.eas.benchmarks.scale.ScaleCommand}; all that knows how the
 * client reads and takes a list is in {@link io.eas.benchmarks.scale.OurPolls}.
 */
@NullMarked
package io.eas.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
