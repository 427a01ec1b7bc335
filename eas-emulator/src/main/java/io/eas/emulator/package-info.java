/**
 * EAS on one machine: services whose instances are handlers in this JVM or processes,
 * found by the discovery API or called through the gateway, with faults on demand. Start
 * with {@link io.eas.emulator.EasEmulator}; how a request passes an instance is in
 * {@code InstanceFront}.
 */
@NullMarked
package io.eas.emulator;

import org.jspecify.annotations.NullMarked;
