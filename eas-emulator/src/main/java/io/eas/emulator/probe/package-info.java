/**
 * The three methods to check an instance's health: an HTTP request, a connection, a
 * program. The package {@code io.eas.emulator.lifecycle} decides what a result means.
 * Start with {@link io.eas.emulator.probe.Prober}.
 */
@NullMarked
package io.eas.emulator.probe;

import org.jspecify.annotations.NullMarked;
