/**
 * The instances that benchmarks call: separate processes, and those of a local EAS. Start
 * with {@link io.eas.benchmarks.instances.EchoProcess} and
 * {@link io.eas.benchmarks.instances.LocalService}.
 */
@NullMarked
package io.eas.benchmarks.instances;

import org.jspecify.annotations.NullMarked;
