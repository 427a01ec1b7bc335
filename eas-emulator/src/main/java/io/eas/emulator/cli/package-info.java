/**
 * The emulator as a program. Start with {@link io.eas.emulator.cli.EmulatorApplication}.
 */
@NullMarked
package io.eas.emulator.cli;

import org.jspecify.annotations.NullMarked;
