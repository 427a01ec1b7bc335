/**
 * EAS on one machine: services whose instances are handlers in this JVM or processes,
 * found by the discovery API or called through the gateway, with faults on demand. What
 * tests and programs hold is here, and what puts it together. Start with
 * {@link io.eas.emulator.EasEmulator}; how an instance works is in
 * {@link io.eas.emulator.instance}.
 */
@NullMarked
package io.eas.emulator;

import org.jspecify.annotations.NullMarked;
