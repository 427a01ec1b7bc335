/**
 * A model service as an operating system process, which can be started, watched,
 * suspended and ended. Start with {@link io.eas.emulator.process.ModelProcess}.
 */
@NullMarked
package io.eas.emulator.process;

import org.jspecify.annotations.NullMarked;
