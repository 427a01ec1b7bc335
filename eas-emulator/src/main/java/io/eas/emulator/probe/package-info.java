/**
 * The three methods to check an instance's health: an HTTP request, a connection, a
 * program. The package {@code io.eas.emulator.lifecycle} decides what a result means.
 * Start with {@link io.eas.emulator.probe.Prober}. The class {@code ProcessProber} of the
 * package {@code instance} maps a check of {@code service.json} to a prober.
 */
@NullMarked
package io.eas.emulator.probe;

import org.jspecify.annotations.NullMarked;
