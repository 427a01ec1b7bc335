/**
 * One instance: its port and the faults of its requests, the model behind it, and the
 * classes that start, watch and end the model. Start with
 * {@link io.eas.emulator.instance.InstanceFactory}, which creates instances;
 * {@link io.eas.emulator.instance.Frontend} handles requests, and {@code Supervision}
 * runs the health checks.
 */
@NullMarked
package io.eas.emulator.instance;

import org.jspecify.annotations.NullMarked;
