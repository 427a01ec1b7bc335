/**
 * The three ways to check an instance's health: an HTTP request, a connection, a program.
 * What comes of a check is nobody's business here. Start with
 * {@link io.eas.emulator.probe.Prober}.
 */
@NullMarked
package io.eas.emulator.probe;

import org.jspecify.annotations.NullMarked;
