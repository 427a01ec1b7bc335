/**
 * The token check of the EAS engine, which a request must pass before it reaches the
 * model. Start with {@link io.eas.emulator.token.TokenCheck}.
 */
@NullMarked
package io.eas.emulator.token;

import org.jspecify.annotations.NullMarked;
