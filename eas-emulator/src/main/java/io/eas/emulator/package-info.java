/**
 * EAS on one machine: services whose instances are handlers in this JVM or processes,
 * found by the discovery API or called through the gateway, with faults on demand. This
 * package contains the API for tests and programs. Start with
 * {@link io.eas.emulator.EasEmulator}; how an instance works is in
 * {@link io.eas.emulator.instance}.
 */
@NullMarked
package io.eas.emulator;

import org.jspecify.annotations.NullMarked;
