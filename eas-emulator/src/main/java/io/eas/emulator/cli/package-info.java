/**
 * The emulator as a command-line program. Start with
 * {@link io.eas.emulator.cli.EmulatorApplication}.
 */
@NullMarked
package io.eas.emulator.cli;

import org.jspecify.annotations.NullMarked;
