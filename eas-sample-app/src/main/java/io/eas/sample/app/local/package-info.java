/**
 * The local EAS of the profile {@code local}. Start with
 * {@link io.eas.sample.app.local.LocalEasConfiguration}.
 */
@NullMarked
package io.eas.sample.app.local;

import org.jspecify.annotations.NullMarked;
