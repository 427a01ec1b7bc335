/**
 * A model service as an operating system process: started, watched, stopped, frozen.
 * Start with {@link io.eas.emulator.process.ModelProcess}.
 */
@NullMarked
package io.eas.emulator.process;

import org.jspecify.annotations.NullMarked;
