/**
 * One instance: its port and the faults of its requests, the model behind it, and what
 * starts, watches and ends the model. Start with
 * {@link io.eas.emulator.instance.InstanceFactory}, which puts it together; how a request
 * passes an instance is in {@link io.eas.emulator.instance.Frontend}, and how health
 * checks rule it in {@code Supervision}.
 */
@NullMarked
package io.eas.emulator.instance;

import org.jspecify.annotations.NullMarked;
