/**
 * The three ways to check an instance's health: an HTTP request, a connection, a program.
 * What follows from a result is up to {@code io.eas.emulator.lifecycle}. Start with
 * {@link io.eas.emulator.probe.Prober}.
 */
@NullMarked
package io.eas.emulator.probe;

import org.jspecify.annotations.NullMarked;
