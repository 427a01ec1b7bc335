/**
 * What the EAS engine checks before a request reaches the model. Start with
 * {@link io.eas.emulator.token.TokenCheck}.
 */
@NullMarked
package io.eas.emulator.token;

import org.jspecify.annotations.NullMarked;
