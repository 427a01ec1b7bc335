/**
 * EAS on one machine. The instances of a service are handlers in this JVM or processes,
 * with faults on demand. Clients find them by the discovery API, or call them through the
 * gateway. This package contains the API for tests and programs. Start with
 * {@link io.eas.emulator.EasEmulator}; how an instance works is in
 * {@link io.eas.emulator.instance}.
 */
@NullMarked
package io.eas.emulator;

import org.jspecify.annotations.NullMarked;
