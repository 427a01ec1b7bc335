/**
 * Large numbers of instances in a service, services in an application, and callers of a
 * client. Start with {@link io.eas.benchmarks.scale.ScaleCommand}; only
 * {@link io.eas.benchmarks.scale.OurPolls} depends on how the client reads and adopts a
 * list.
 */
@NullMarked
package io.eas.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
