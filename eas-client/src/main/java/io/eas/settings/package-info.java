/**
 * The checks of settings, and what says that one can't be used. Start with
 * {@link io.eas.settings.Assert}.
 */
@NullMarked
package io.eas.settings;

import org.jspecify.annotations.NullMarked;
