/**
 * Checks of settings, and the exception for invalid ones. Start with
 * {@link io.eas.settings.Assert}.
 */
@NullMarked
package io.eas.settings;

import org.jspecify.annotations.NullMarked;
